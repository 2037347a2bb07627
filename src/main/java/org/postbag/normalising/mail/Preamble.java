package org.postbag.normalising.mail;

import java.util.Locale;
import java.util.Set;

/**
 * What stands before the parts, or after them, for programs that know none. Readers that know parts ignore it (RFC 2046, 5.1.1), and staff need not read on
 * every mail that it has some. But damage puts real text there too: so only what is made wholly of the words of such formulas is ignored.
 */
final class Preamble {

    private static final Set<String> TELLING =
            Set.of("mime", "multipart", "multi", "mehrteilige", "mehrteiligen", "openpgp");

    private static final Set<String> WORDS = TextLines.words("""
            this is a nested multi part multipart multipar message in mime format since your mail reader does not understand this format some or all of these lines
            this message may not be legible
            this message is in mime format the first part should be readable text while the remaining parts are likely unreadable without mime aware tools
            send mail to mime docserver cac washington edu for more info information
            this is a mime encapsulated message content follows
            this is a cryptographically signed message in mime format s this is an openpgp mime signed encrypted message rfc 4880 3156 2015 1847 1521 1341 9580 2045 2046 and
            the preamble epilogue of the outer inner message area mail readers that understand multipart format should ignore this preamble
            if you are reading this text you might want to consider changing to a mail reader that understands how to properly display multipart messages
            it is to be ignored though it is a handy place for composition agents mail composers to include an explanatory note to non mime conformant compliant readers
            a one line preamble for the following was which that extracted from uuencoded
            if you can see read this then your email e client program software cannot can not support supports supported handle attachments html use viewer
            standard standards internet compatible please upgrade view it with need needs an only contains message messages body header
            dies ist eine mehrteilige nachricht im mime format dieses nachrichten ihr e mail programm
            ceci est un message au format mime à plusieurs parties en el este es mensaje de varias partes formato questo è un messaggio multiparte
            in più parti con formato esta uma mensagem várias partes no em
            """);

    private Preamble() {}

    static boolean isFormula(String text) {
        boolean telling = false;
        for (var word : TextLines.words(text)) {
            var lower = word.toLowerCase(Locale.ROOT);
            if (!WORDS.contains(lower)) {
                return false;
            }
            telling |= TELLING.contains(lower);
        }
        return telling;
    }
}
