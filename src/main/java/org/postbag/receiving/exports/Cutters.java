package org.postbag.receiving.exports;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.postbag.receiving.Profile;

/** Tells by its first bytes, not by its name, what kind of file an export is. */
final class Cutters {

    private static final int SIGNATURE_BYTES = 8;
    private static final int ENDING_BYTES = 4;

    private static final byte[] ZIP = {'P', 'K'};
    private static final byte[] OLE2 = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};

    private Cutters() {}

    /** @throws BrokenExport if it can't be cut by that profile */
    static RowCutter open(Path file, Profile profile) throws IOException {
        byte[] first;
        try (var in = Files.newInputStream(file)) {
            first = in.readNBytes(SIGNATURE_BYTES);
        }
        if (starts(first, OLE2)) {
            throw new BrokenExport(
                    isEncrypted(file)
                            ? "The spreadsheet is protected by a password: save it without one"
                            : "This is a spreadsheet of an old kind (.xls): save it as .xlsx or CSV");
        }
        if (starts(first, ZIP)) {
            return XlsxCutter.open(file, profile);
        }
        return JsonCutter.isJson(first) ? JsonCutter.open(file, profile) : CsvCutter.open(file, profile);
    }

    /** Whether a text ends with the end of a line, in any encoding. A spreadsheet tells by itself where it ends. */
    static boolean endsWithLine(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var first = ByteBuffer.allocate(SIGNATURE_BYTES);
            channel.read(first);
            if (starts(first.array(), ZIP) || starts(first.array(), OLE2)) {
                return true;
            }
            var last = ByteBuffer.allocate(ENDING_BYTES);
            channel.position(Math.max(0, channel.size() - ENDING_BYTES)).read(last);
            int end = last.position() - 1;
            while (end > 0 && last.get(end) == 0) {
                end--;
            }
            if (end >= 0 && JsonCutter.isJson(first.array())) {
                return last.get(end) == ']' || last.get(end) == '}' || last.get(end) == '\n' || last.get(end) == '\r';
            }
            return end >= 0 && (last.get(end) == '\n' || last.get(end) == '\r');
        }
    }

    private static boolean isEncrypted(Path file) {
        try (var old = new POIFSFileSystem(file.toFile(), true)) {
            return old.getRoot().hasEntryCaseInsensitive("EncryptedPackage");
        } catch (IOException | RuntimeException broken) {
            // POI throws either for what is damaged; it is of the old kind then, as far as anyone can tell.
            return false;
        }
    }

    private static boolean starts(byte[] bytes, byte[] with) {
        return bytes.length >= with.length && Arrays.equals(bytes, 0, with.length, with, 0, with.length);
    }
}
