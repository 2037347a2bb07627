package org.postbag.receiving;

import java.util.List;

/** What people and staff choose from to say what something is about. */
public interface Topics {

    List<String> names();
}
