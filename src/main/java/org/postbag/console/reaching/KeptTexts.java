package org.postbag.console.reaching;

import java.util.List;

/** What is kept of routes and of all else that is changed in the console: a secret that one of these names is in use, though nothing that uses it runs here. */
public interface KeptTexts {

    /**
     * One that is in force, or on its way there.
     *
     * @param name of the route, or of whatever it is
     * @param inForce whether it is what runs, or would
     * @param title for people, such as {@code Version 3 of the route council-mailbox (Draft)}
     * @param path of its page
     */
    record KeptText(String name, boolean inForce, String title, String path, String text) {}

    List<KeptText> all();
}
