package org.postbag.normalising.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Party;
import org.postbag.normalising.Sender;

/** What the header fields of a message say. */
final class MailHeaders {

    private static final int SUBJECT_LENGTH_MAX = 2_000;
    private static final int REFERENCES_MAX = 500;
    private static final int ID_LENGTH_MAX = 998;

    private MailHeaders() {}

    /** Who wrote, by From; where there is none, by Sender, Reply-To or Return-Path. */
    static Sender sender(Headers headers, @Nullable String charset, Damage damage) {
        for (var field : List.of("from", "sender", "reply-to", "return-path")) {
            var parties = Mailboxes.parse(headers.firstOrEmpty(field), charset, damage);
            if (!parties.isEmpty()) {
                var first = parties.getFirst();
                var email = Optional.ofNullable(first.address()).flatMap(EmailAddress::parse);
                return new Sender(first.name(), email.orElse(null), null, null, first.address());
            }
        }
        return Sender.NOBODY;
    }

    static @Nullable EmailAddress submitter(Headers headers, @Nullable String charset) {
        return Mailboxes.parse(headers.firstOrEmpty("sender"), charset, new Damage()).stream()
                .flatMap(party -> Stream.ofNullable(party.address()))
                .flatMap(address -> EmailAddress.parse(address).stream())
                .findFirst()
                .orElse(null);
    }

    static List<Party> to(Headers headers, @Nullable String charset, Damage damage) {
        var parties = new ArrayList<Party>();
        for (var field : List.of("to", "cc")) {
            for (var value : headers.all(field)) {
                parties.addAll(Mailboxes.parse(value, charset, damage));
            }
        }
        return parties.size() > Mailboxes.MAILBOXES_MAX ? parties.subList(0, Mailboxes.MAILBOXES_MAX) : parties;
    }

    static @Nullable String subject(Headers headers, @Nullable String charset, Damage damage) {
        var written = headers.first("subject");
        if (written == null) {
            return null;
        }
        var subject = HeaderText.decode(written, charset, damage);
        if (subject.length() > SUBJECT_LENGTH_MAX) {
            damage.note("The subject is longer than can be shown; the rest of it is in the raw message.");
            int end = SUBJECT_LENGTH_MAX;
            return subject.substring(0, Character.isHighSurrogate(subject.charAt(end - 1)) ? end - 1 : end);
        }
        return subject.isEmpty() ? null : subject;
    }

    static @Nullable String id(Headers headers, String field) {
        var ids = ids(headers.firstOrEmpty(field));
        return ids.isEmpty() ? null : ids.getFirst();
    }

    /** The ids in a field, without angle brackets; what has none is taken as it stands if it looks like an id. */
    static List<String> ids(String value) {
        var ids = new ArrayList<String>();
        int open = value.indexOf('<');
        while (open >= 0 && ids.size() < REFERENCES_MAX) {
            int close = value.indexOf('>', open);
            if (close < 0) {
                break;
            }
            var id = value.substring(open + 1, close).replaceAll("\\s", "");
            if (!id.isEmpty() && id.length() <= ID_LENGTH_MAX && id.indexOf('<') < 0) {
                ids.add(id);
            }
            open = value.indexOf('<', close);
        }
        if (ids.isEmpty()) {
            for (var word : value.split("[\\s<>,]+", REFERENCES_MAX)) {
                if (word.indexOf('@') > 0 && word.length() <= ID_LENGTH_MAX && word.indexOf(' ') < 0) {
                    ids.add(word);
                }
            }
        }
        return ids;
    }

    /** What stands above a message within the message, as mail programs show a forwarded one. */
    static String summary(Headers headers, @Nullable String charset, Damage damage) {
        var summary = new StringBuilder();
        for (var field : new String[] {"From", "Date", "To", "Cc", "Subject"}) {
            var value = headers.first(field.toLowerCase(java.util.Locale.ROOT));
            if (value != null) {
                summary.append(summary.isEmpty() ? "" : "\n")
                        .append(field)
                        .append(": ")
                        .append(HeaderText.decode(value, charset, damage));
            }
        }
        return summary.toString();
    }
}
