package org.postbag.normalising;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.SharedByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.postbag.bench.Parallel;

/** The peer of reading: Angus Mail, asked for every header and every part, decoded. */
public final class AngusReading {

    private static final Session SESSION = Session.getInstance(new Properties());

    static {
        // Named, so that Angus need not look through the whole class path for it at each mail.
        System.setProperty("jakarta.mail.util.StreamProvider", MailStreamProvider.class.getName());
    }

    private AngusReading() {}

    /** With as many threads as filing reads with. */
    public static void readAll(List<byte[]> mails) throws Exception {
        Parallel.each(mails, Runtime.getRuntime().availableProcessors(), AngusReading::read);
    }

    /** @return how much there was, so that nothing is optimised away */
    public static long read(byte[] mail) throws MessagingException, IOException {
        return part(new MimeMessage(SESSION, new SharedByteArrayInputStream(mail)));
    }

    private static long part(Part part) throws MessagingException, IOException {
        long size = headers(part);
        switch (part.getContent()) {
            case Multipart parts -> {
                for (int i = 0; i < parts.getCount(); i++) {
                    size += part(parts.getBodyPart(i));
                }
            }
            case String text -> size += text.length();
            case Part nested -> size += part(nested);
            case InputStream bytes -> size += bytes.readAllBytes().length;
            default -> throw new IllegalStateException();
        }
        return size;
    }

    private static long headers(Part part) throws MessagingException, IOException {
        long size = 0;
        for (var headers = part.getAllHeaders(); headers.hasMoreElements(); ) {
            size += MimeUtility.decodeText(headers.nextElement().getValue()).length();
        }
        return size;
    }
}
