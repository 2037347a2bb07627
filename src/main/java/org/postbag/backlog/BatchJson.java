package org.postbag.backlog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Receiver;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * The items of a batch as the API takes them: {@code {"items": [{"reachedAt": ..., "row": ..., "place": ..., "content": base64}]}}. Written and read as a
 * stream, since one item may be as large as a mail may.
 */
public final class BatchJson {

    /** More than the command sends at once, and less than would fill the memory. */
    static final int ITEMS_MAX = 1_000;

    static final long BYTES_MAX = 128L * 1024 * 1024;

    /** A multiple of three, so that pieces of base64 in a row are base64. */
    private static final int PIECE_BYTES = 48 * 1024;

    private BatchJson() {}

    /** What {@link #read} answers. */
    public sealed interface Read {
        /** @param tooLarge how many were left out, since each is larger than an item may be */
        record Items(List<Batch.Item> items, int tooLarge) implements Read {}

        /** @param why in words */
        record Malformed(String why) implements Read {}

        /** More than may be sent at once. */
        record TooMuch() implements Read {}
    }

    /** The body of a call, in pieces made only when they are asked for. */
    public static Iterable<byte[]> pieces(Batch batch) {
        return () -> new Pieces(batch.items());
    }

    /** @throws IOException if the one who sends is gone */
    public static Read read(InputStream body) throws IOException {
        try (var json = JsonMapper.shared().createParser(body)) {
            return new Reading(json).items();
        } catch (TooMuch tooMuch) {
            return new Read.TooMuch();
        } catch (JacksonException | DateTimeException malformed) {
            if (malformed.getCause() instanceof IOException gone) {
                throw gone;
            }
            return new Read.Malformed(
                    "The body is not {\"items\": [...]} with a content in base64 for each. Nothing was taken in");
        }
    }

    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Malformed extends DateTimeException {
        private static final long serialVersionUID = 1L;

        Malformed() {
            super("not as described");
        }
    }

    private static final class Reading {

        private final JsonParser json;
        private final List<Batch.Item> items = new ArrayList<>();
        private int tooLarge;
        private long bytes;

        Reading(JsonParser json) {
            this.json = json;
        }

        Read items() {
            expect(json.nextToken(), JsonToken.START_OBJECT);
            expect(json.nextToken(), JsonToken.PROPERTY_NAME);
            if (!json.currentName().equals("items")) {
                throw new Malformed();
            }
            expect(json.nextToken(), JsonToken.START_ARRAY);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                expect(json.currentToken(), JsonToken.START_OBJECT);
                item();
            }
            expect(json.nextToken(), JsonToken.END_OBJECT);
            return json.nextToken() == null ? new Read.Items(items, tooLarge) : new Read.Malformed("Something follows");
        }

        private void item() {
            Instant reachedAt = null;
            int row = 0;
            int place = 0;
            Limited content = null;
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = json.currentName();
                var value = json.nextToken();
                switch (name) {
                    case "reachedAt" -> {
                        expect(value, JsonToken.VALUE_STRING);
                        reachedAt = Instant.parse(json.getString());
                    }
                    case "row" -> row = count(value);
                    case "place" -> place = count(value);
                    case "content" -> {
                        expect(value, JsonToken.VALUE_STRING);
                        content = new Limited(BYTES_MAX - bytes);
                        json.readBinaryValue(content);
                        bytes += content.size;
                    }
                    default -> throw new Malformed();
                }
            }
            expect(json.currentToken(), JsonToken.END_OBJECT);
            if (content == null) {
                throw new Malformed();
            }
            if (content.size > Receiver.CONTENT_BYTES_MAX) {
                tooLarge++;
            } else {
                items.add(new Batch.Item(content.bytes.toByteArray(), reachedAt, row, place));
            }
            if (items.size() + tooLarge > ITEMS_MAX) {
                throw new TooMuch();
            }
        }

        private int count(JsonToken value) {
            expect(value, JsonToken.VALUE_NUMBER_INT);
            int count = json.getIntValue();
            if (count < 0) {
                throw new Malformed();
            }
            return count;
        }

        private static void expect(@Nullable JsonToken there, JsonToken expected) {
            if (there != expected) {
                throw new Malformed();
            }
        }
    }

    /** Holds an item up to the size that one may have, and counts the rest. */
    private static final class Limited extends OutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final long sizeMax;
        private long size;

        Limited(long sizeMax) {
            this.sizeMax = sizeMax;
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] some, int from, int length) {
            size += length;
            if (size > sizeMax) {
                throw new TooMuch();
            }
            if (size > Receiver.CONTENT_BYTES_MAX) {
                bytes.reset();
            } else {
                bytes.write(some, from, length);
            }
        }
    }

    private static final class Pieces implements Iterator<byte[]> {

        private final List<Batch.Item> items;
        /** The item that is being written; one behind the last where all but the end is. */
        private int item;
        /** How much of its content is written; before its head -1. */
        private int done = -1;

        private boolean ended;

        Pieces(List<Batch.Item> items) {
            this.items = items;
        }

        @Override
        public boolean hasNext() {
            return !ended;
        }

        @Override
        public byte[] next() {
            if (ended) {
                throw new NoSuchElementException();
            }
            if (item == items.size()) {
                ended = true;
                return ascii(items.isEmpty() ? "{\"items\":[]}" : "]}");
            }
            var one = items.get(item);
            if (done < 0) {
                done = 0;
                return ascii((item == 0 ? "{\"items\":[" : ",") + head(one));
            }
            int end = Math.min(one.content().length, done + PIECE_BYTES);
            if (end == done) {
                item++;
                done = -1;
                return ascii("\"}");
            }
            var piece = Base64.getEncoder().encode(Arrays.copyOfRange(one.content(), done, end));
            done = end;
            return piece;
        }

        private static String head(Batch.Item one) {
            return "{"
                    + (one.reachedAt() == null ? "" : "\"reachedAt\":\"" + one.reachedAt() + "\",")
                    + (one.row() == 0 ? "" : "\"row\":" + one.row() + ",\"place\":" + one.place() + ",")
                    + "\"content\":\"";
        }

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
