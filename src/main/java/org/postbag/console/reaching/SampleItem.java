package org.postbag.console.reaching;

/**
 * What somebody gives to see what would become of it: a mail (.eml), an export, a scanned letter, a message as JSON.
 *
 * @param name of the file, as it was given: what a file is may follow from it
 * @param label how it is spoken of
 */
public record SampleItem(String name, byte[] content, String label) {

    public SampleItem(String name, byte[] content) {
        this(name, content, name);
    }
}
