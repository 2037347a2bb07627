package org.postbag.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.postbag.backlog.Batch;
import org.postbag.backlog.Found;
import org.postbag.backlog.MailSource;

/** A file or folder that was named, as the items that lie there. */
interface ImportSource {

    Path path();

    Batch.Kind kind();

    /** How many bytes there are to read. */
    long bytes();

    /** @throws IOException if it can't be read further; what was handed on before is whole */
    void each(Sink sink, LongConsumer read) throws IOException;

    /** Where items go. */
    interface Sink {

        void item(Batch.Item item);

        /** @param why what is at that place can't be taken */
        void unfit(String place, String why);

        /** @param why nothing that could be taken is at that place */
        void nothing(String place, String why);
    }

    static ImportSource of(MailSource source, Batch.Kind kind) {
        return new Mails(source, kind);
    }

    /** Mails. */
    record Mails(MailSource source, Batch.Kind kind) implements ImportSource {

        @Override
        public Path path() {
            return source.path();
        }

        @Override
        public long bytes() {
            return source.bytes();
        }

        @Override
        public void each(Sink sink, LongConsumer read) throws IOException {
            source.each(
                    found -> {
                        switch (found) {
                            case Found.Mail mail -> sink.item(Batch.Item.mail(mail.content(), mail.reachedAt()));
                            case Found.Unfit(var place, var why) -> sink.unfit(place, why);
                            case Found.Nothing(var place, var why) -> sink.nothing(place, why);
                        }
                    },
                    read);
        }
    }
}
