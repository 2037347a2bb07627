package org.postbag.normalising.mail;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A block of MAPI properties as TNEF has it (MS-OXTNEF, 2.1.3.4); of each property the first value. */
final class MapiProperties {

    static final int SUBJECT = 0x0037;
    static final int BODY = 0x1000;
    static final int RTF_COMPRESSED = 0x1009;
    static final int BODY_HTML = 0x1013;
    static final int DISPLAY_NAME = 0x3001;
    static final int ATTACH_DATA = 0x3701;
    static final int ATTACH_FILENAME = 0x3704;
    static final int ATTACH_LONG_FILENAME = 0x3707;
    static final int ATTACH_MIME_TAG = 0x370e;
    static final int INTERNET_CODE_PAGE = 0x3fde;

    private static final int PROPERTIES_MAX = 10_000;
    private static final int VALUES_MAX = 10_000;
    private static final int NAMED_FROM = 0x8000;
    private static final int MANY = 0x1000;
    private static final int STRING = 0x1e;
    private static final int UNICODE = 0x1f;
    private static final int OBJECT = 0x0d;
    private static final int BINARY = 0x102;

    private record Value(int type, Slice bytes) {}

    private final Map<Integer, Value> values = new HashMap<>();

    /** Reads as many as there are whole. */
    static MapiProperties read(Slice block) {
        var properties = new MapiProperties();
        var in = new LittleEndian(block);
        int count = Math.min(in.i32(), PROPERTIES_MAX);
        for (int i = 0; i < count && in.has(4); i++) {
            int type = in.u16();
            int id = in.u16();
            if (id >= NAMED_FROM) {
                skipName(in);
            }
            var value = value(in, type);
            if (value == null) {
                break;
            }
            properties.values.putIfAbsent(id, new Value(type & ~MANY, value));
        }
        return properties;
    }

    private static void skipName(LittleEndian in) {
        in.take(16);
        if (in.i32() == 0) {
            in.take(4);
        } else {
            padded(in, in.i32());
        }
    }

    private static @Nullable Slice value(LittleEndian in, int type) {
        int base = type & ~MANY;
        boolean variable = base == STRING || base == UNICODE || base == OBJECT || base == BINARY;
        int count = variable || base != type ? in.i32() : 1;
        Slice first = null;
        for (int i = 0; i < Math.min(count, VALUES_MAX) && in.has(1); i++) {
            var value = padded(in, variable ? in.i32() : width(base));
            first = first == null ? value : first;
        }
        return first;
    }

    private static int width(int type) {
        return switch (type) {
            case 0x05, 0x06, 0x07, 0x14, 0x40 -> 8;
            case 0x48 -> 16;
            default -> 4;
        };
    }

    private static Slice padded(LittleEndian in, int length) {
        var value = in.take(length);
        in.take(3 - (length + 3) % 4);
        return value;
    }

    @Nullable
    Slice bytes(int id) {
        var value = values.get(id);
        return value == null || value.bytes.isEmpty() ? null : value.bytes;
    }

    int number(int id) {
        var value = bytes(id);
        return value == null ? 0 : new LittleEndian(value).i32();
    }

    /** @param charset of text that isn't Unicode, or null */
    @Nullable
    String text(int id, @Nullable String charset, Damage damage) {
        var value = values.get(id);
        if (value == null || value.bytes.isEmpty()) {
            return null;
        }
        return value.type == UNICODE
                ? LittleEndian.utf16(value.bytes)
                : Charsets.decode(value.bytes, charset, damage).replace("\0", "");
    }

    boolean isObject(int id) {
        var value = values.get(id);
        return value != null && value.type == OBJECT;
    }
}
