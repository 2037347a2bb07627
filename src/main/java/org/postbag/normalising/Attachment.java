package org.postbag.normalising;

/**
 * A file that came with an item.
 *
 * @param name as given, without path or control characters; never empty
 * @param type media type in lower case, without parameters
 * @param content the decoded bytes
 */
public record Attachment(String name, String type, byte[] content) {

    public long size() {
        return content.length;
    }
}
