package org.postbag.extracting;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * What the process of its own runs: answers one request after the other, and ends with the one that asks. In: a {@link Request} and its parts; out: an
 * answer as {@link Wire} has it.
 */
public final class ReadingMain {

    private ReadingMain() {}

    /** What may be asked. */
    enum Request {
        TEXT,
        PICTURE,
        CUT,
        PIECE
    }

    public static void main(String[] args) throws IOException {
        ImageIO.setUseCache(false);
        try (var in = new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
                var out = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)))) {
            // What a library prints must not stand among the answers.
            System.setOut(new PrintStream(OutputStream.nullOutputStream()));
            var opening = new Opening(TesseractOcr::new);
            while (true) {
                answer(opening, Request.values()[in.readByte()], in, out);
                out.flush();
            }
        } catch (EOFException nobodyAsksAnyMore) {
            // The end.
        }
    }

    private static void answer(Opening opening, Request request, DataInputStream in, DataOutputStream out)
            throws IOException {
        switch (request) {
            case TEXT -> Wire.write(out, opening.text(Wire.readBytes(in)));
            case PICTURE -> {
                var content = Wire.readBytes(in);
                Wire.write(out, opening.picture(content, in.readInt(), in.readInt()));
            }
            case CUT -> Wire.write(out, opening.cut(Path.of(in.readUTF()), in.readUTF()));
            case PIECE -> {
                byte[] piece;
                try {
                    piece = opening.piece(Path.of(in.readUTF()), in.readInt(), in.readInt());
                } catch (IOException | RuntimeException broken) {
                    piece = new byte[0];
                }
                Wire.writeBytes(out, piece);
            }
        }
    }
}
