package org.postbag.search.lucene;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;

/** Tells an index that is missing or damaged, and must be built anew, from a disk that is full or away. */
final class Damage {

    private Damage() {}

    static boolean isIn(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CorruptIndexException
                    || cause instanceof IndexNotFoundException
                    || cause instanceof IndexFormatTooOldException
                    || cause instanceof IndexFormatTooNewException
                    || cause instanceof EOFException
                    || cause instanceof NoSuchFileException
                    || cause instanceof FileNotFoundException
                    || cause instanceof CharacterCodingException
                    || cause instanceof InternalError // a mapped file was cut short
                    || (cause instanceof IllegalArgumentException && cause == e)) {
                return true;
            }
        }
        return false;
    }

    /** What the operating system says of it, which Java repeats. */
    static boolean isOfFullDisk(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            var says = cause.getMessage();
            if (says != null && (says.contains("No space left") || says.contains("quota exceeded"))) {
                return true;
            }
        }
        return false;
    }
}
