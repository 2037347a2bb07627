package org.postbag.receiving.messages;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Puts one item together out of a body: what comes from there is copied byte for byte. */
final class ItemWriter {

    private final byte[] body;
    private final ByteArrayOutputStream item = new ByteArrayOutputStream();

    ItemWriter(byte[] body) {
        this.body = body;
    }

    void write(String text) {
        item.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void write(JsonSlice slice) {
        item.write(body, slice.from(), slice.to() - slice.from());
    }

    byte[] bytes() {
        return item.toByteArray();
    }
}
