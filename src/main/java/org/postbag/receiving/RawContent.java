package org.postbag.receiving;

/** What holds an item's raw bytes on its way through a route: traced with content, they are what is shown, to those who may see content. */
public interface RawContent {

    byte[] content();
}
