package org.postbag.normalising.mail;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.FileName;

/**
 * Opens {@code winmail.dat}, into which Outlook puts text and files that other mail programs then can't see (MS-OXTNEF). Of a file that is cut off or
 * damaged, what came before is read.
 */
final class TnefFile {

    private static final int SIGNATURE = 0x223e9f78;
    private static final int LEVELS_MAX = 4;
    private static final int FILES_MAX = 1_000;

    private static final int SUBJECT = 0x8004;
    private static final int BODY = 0x800c;
    private static final int ATTACHMENT_DATA = 0x800f;
    private static final int ATTACHMENT_TITLE = 0x8010;
    private static final int ATTACHMENT_BEGINS = 0x9002;
    private static final int MESSAGE_PROPERTIES = 0x9003;
    private static final int ATTACHMENT_PROPERTIES = 0x9005;
    private static final int CODE_PAGE = 0x9007;
    /** What kind of object it is stands before an object that is attached. */
    private static final int OBJECT_ID_LENGTH = 16;

    private final Damage damage;
    private final int level;
    private final List<MapiMessage.File> files = new ArrayList<>();
    private MapiProperties message = MapiProperties.read(Slice.of(new byte[0]));
    private @Nullable String charset;
    private @Nullable Slice subject;
    private @Nullable Slice body;

    private boolean inAttachment;
    private MapiProperties attachment = message;
    private @Nullable Slice title;
    private @Nullable Slice data;

    private TnefFile(Damage damage, int level) {
        this.damage = damage;
        this.level = level;
    }

    static boolean isTnef(Slice file) {
        return new LittleEndian(file).i32() == SIGNATURE;
    }

    static MapiMessage read(Slice file, Damage damage) {
        return new TnefFile(damage, 0).read(file);
    }

    private MapiMessage read(Slice file) {
        var in = new LittleEndian(file);
        in.take(6);
        while (in.has(9)) {
            in.u8();
            int id = in.i32() & 0xffff;
            int length = in.i32();
            if (!in.has(length)) {
                damage.note("A file of Outlook (winmail.dat) is damaged; what could be read of it was.");
            }
            attribute(id, in.take(length));
            in.take(2);
        }
        endAttachment();
        return new MapiMessage(heading(), text(), files);
    }

    private void attribute(int id, Slice value) {
        switch (id) {
            case CODE_PAGE -> charset = codePage(new LittleEndian(value).i32());
            case SUBJECT -> subject = value;
            case BODY -> body = value;
            case MESSAGE_PROPERTIES -> message = MapiProperties.read(value);
            case ATTACHMENT_BEGINS -> {
                endAttachment();
                inAttachment = true;
            }
            case ATTACHMENT_TITLE -> title = value;
            case ATTACHMENT_DATA -> data = value;
            case ATTACHMENT_PROPERTIES -> attachment = MapiProperties.read(value);
            default -> {}
        }
    }

    private void endAttachment() {
        if (inAttachment && files.size() < FILES_MAX) {
            files.add(file());
        }
        inAttachment = false;
        attachment = MapiProperties.read(Slice.of(new byte[0]));
        title = null;
        data = null;
    }

    private MapiMessage.File file() {
        var name = attachment.text(MapiProperties.ATTACH_LONG_FILENAME, charset, damage);
        name = name == null ? string(title) : name;
        name = name == null ? attachment.text(MapiProperties.ATTACH_FILENAME, charset, damage) : name;
        name = name == null ? attachment.text(MapiProperties.DISPLAY_NAME, charset, damage) : name;
        var type = attachment.text(MapiProperties.ATTACH_MIME_TAG, charset, damage);
        var content = attachment.bytes(MapiProperties.ATTACH_DATA);
        MapiMessage nested = null;
        if (content != null && attachment.isObject(MapiProperties.ATTACH_DATA)) {
            int from = Math.min(content.to(), content.from() + OBJECT_ID_LENGTH);
            content = new Slice(content.bytes(), from, content.to());
            nested = isTnef(content) && level < LEVELS_MAX ? new TnefFile(damage, level + 1).read(content) : null;
        }
        content = content == null ? data : content;
        return new MapiMessage.File(
                name,
                type == null ? nested != null ? "application/ms-tnef" : FileName.type(name == null ? "" : name) : type,
                content == null ? Slice.of(new byte[0]) : content,
                nested);
    }

    /** A message within the file has no mail around it that says what it is about. */
    private String heading() {
        if (level == 0) {
            return "";
        }
        var about = message.text(MapiProperties.SUBJECT, charset(), damage);
        about = about == null ? string(subject) : about;
        return about == null ? "" : "Subject: " + about;
    }

    private String text() {
        var plain = message.text(MapiProperties.BODY, charset(), damage);
        plain = plain == null ? string(body) : plain;
        if (plain != null && !plain.isBlank()) {
            return TextLines.ends(plain);
        }
        var html = message.text(MapiProperties.BODY_HTML, charset(), damage);
        if (html != null) {
            return HtmlText.of(TextLines.ends(html));
        }
        var rtf = message.bytes(MapiProperties.RTF_COMPRESSED);
        return rtf == null ? "" : RtfText.of(CompressedRtf.unpacked(rtf), damage);
    }

    private @Nullable String charset() {
        int internet = message.number(MapiProperties.INTERNET_CODE_PAGE);
        return internet > 0 ? codePage(internet) : charset;
    }

    private @Nullable String string(@Nullable Slice value) {
        if (value == null) {
            return null;
        }
        var text = Charsets.decode(value, charset, damage);
        int nul = text.indexOf('\0');
        text = nul < 0 ? text : text.substring(0, nul);
        return text.isEmpty() ? null : text;
    }

    /** The charset of a Windows code page. */
    static @Nullable String codePage(int number) {
        return switch (number) {
            case 0 -> null;
            case 932 -> "windows-31j";
            case 936 -> "gb18030";
            case 949 -> "x-windows-949";
            case 950 -> "big5";
            case 1200 -> "utf-16le";
            case 10_000 -> "macintosh";
            case 20_127 -> "us-ascii";
            case 20_866 -> "koi8-r";
            case 21_866 -> "koi8-u";
            case 28_591, 28_592, 28_593, 28_594, 28_595, 28_596, 28_597, 28_598, 28_599 ->
                "iso-8859-" + (number - 28_590);
            case 28_605 -> "iso-8859-15";
            case 50_220, 50_221, 50_222 -> "iso-2022-jp";
            case 51_932 -> "euc-jp";
            case 51_949 -> "euc-kr";
            case 54_936 -> "gb18030";
            case 65_001 -> "utf-8";
            default -> number < 1_000 ? "ibm" + number : "windows-" + number;
        };
    }
}
