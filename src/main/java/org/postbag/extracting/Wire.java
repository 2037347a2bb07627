package org.postbag.extracting;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.postbag.extracting.FileReading.Cut;

/** Values between the two processes. They are of one program, so there is no version; still each length is checked, since files from outside have a hand in them. */
final class Wire {

    private static final int BYTES_MAX = 512 * 1024 * 1024;
    private static final int COUNT_MAX = 100_000;

    private Wire() {}

    static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > BYTES_MAX) {
            throw new IOException("A length that can't be");
        }
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("An answer that breaks off");
        }
        return bytes;
    }

    static void write(DataOutputStream out, FileText text) throws IOException {
        switch (text) {
            case FileText.NotRead not -> {
                out.writeByte(0);
                out.writeByte(not.reason().ordinal());
            }
            case FileText.Read read -> {
                out.writeByte(1);
                out.writeInt(read.pageCount());
                out.writeInt(read.pages().size());
                for (var page : read.pages()) {
                    writeText(out, page.text());
                    out.writeByte(page.confidence());
                }
                out.writeInt(read.notes().size());
                for (var note : read.notes()) {
                    writeText(out, note);
                }
            }
        }
    }

    static FileText readText(DataInputStream in) throws IOException {
        if (in.readByte() == 0) {
            return new FileText.NotRead(reason(in));
        }
        int pageCount = in.readInt();
        var pages = new ArrayList<FileText.Page>();
        for (int left = count(in); left > 0; left--) {
            pages.add(new FileText.Page(text(in), in.readByte()));
        }
        var notes = new ArrayList<String>();
        for (int left = count(in); left > 0; left--) {
            notes.add(text(in));
        }
        return new FileText.Read(pages, pageCount, notes);
    }

    static void write(DataOutputStream out, PagePicture picture) throws IOException {
        switch (picture) {
            case PagePicture.NotShown not -> {
                out.writeByte(0);
                out.writeByte(not.reason().ordinal());
            }
            case PagePicture.Shown shown -> {
                out.writeByte(1);
                out.writeInt(shown.pageCount());
                writeBytes(out, shown.picture());
            }
        }
    }

    static PagePicture readPicture(DataInputStream in) throws IOException {
        if (in.readByte() == 0) {
            return new PagePicture.NotShown(reason(in));
        }
        int pageCount = in.readInt();
        var picture = readBytes(in);
        // A browser gets it: whatever a file may have done to the process that drew it, this is a picture or nothing.
        if (Kind.of(picture)
                .filter(kind -> kind == Kind.PNG || kind == Kind.JPEG)
                .isEmpty()) {
            throw new IOException("A picture that can't be");
        }
        return new PagePicture.Shown(picture, pageCount);
    }

    static void write(DataOutputStream out, Cut cut) throws IOException {
        switch (cut) {
            case Cut.NotCut not -> {
                out.writeByte(0);
                out.writeByte(not.reason().ordinal());
            }
            case Cut.Pieces made -> {
                out.writeByte(1);
                out.writeInt(made.pageCount());
                out.writeInt(made.pieces().size());
                for (var piece : made.pieces()) {
                    out.writeInt(piece.from());
                    out.writeInt(piece.to());
                    out.writeBoolean(piece.whole());
                }
            }
        }
    }

    static Cut readCut(DataInputStream in) throws IOException {
        if (in.readByte() == 0) {
            return new Cut.NotCut(reason(in));
        }
        int pageCount = in.readInt();
        List<Cut.Piece> pieces = new ArrayList<>();
        for (int left = count(in); left > 0; left--) {
            pieces.add(new Cut.Piece(in.readInt(), in.readInt(), in.readBoolean()));
        }
        return new Cut.Pieces(pieces, pageCount);
    }

    private static FileText.Reason reason(DataInputStream in) throws IOException {
        int place = in.readByte();
        if (place < 0 || place >= FileText.Reason.values().length) {
            throw new IOException("A reason that can't be");
        }
        return FileText.Reason.values()[place];
    }

    private static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > COUNT_MAX) {
            throw new IOException("A count that can't be");
        }
        return count;
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }
}
