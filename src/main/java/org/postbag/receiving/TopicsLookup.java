package org.postbag.receiving;

/** What reading the contact form's topics comes to: they, or why they can't be used. */
public sealed interface TopicsLookup permits Topics, TopicsLookup.Problem {

    /**
     * Why they can't be used.
     *
     * @param problem a sentence for the person who mends it, with the line where there is one
     */
    record Problem(String problem) implements TopicsLookup {}
}
