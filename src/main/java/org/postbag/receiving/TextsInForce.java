package org.postbag.receiving;

import java.util.List;
import java.util.Map;

/**
 * What was put in force in the console: a text that is there holds instead of the file of the same name, which then is only a proposal. Implemented by the
 * console; where there is none (the command line), files hold.
 */
public interface TextsInForce {

    /** The kind of the profiles of exports, by their names. */
    String PROFILE = "profile";

    /** The kind of the contact form's topics and questions, of which there is one text: {@link #CONTACT_FORM}. */
    String QUESTIONS = "questions";

    String CONTACT_FORM = "contact";

    /** Files alone hold. */
    TextsInForce NONE = new TextsInForce() {
        @Override
        public Map<String, Text> all(String kind) {
            return Map.of();
        }

        @Override
        public List<String> earlier(String kind, String name, int limit) {
            return List.of();
        }
    };

    /**
     * A text in force.
     *
     * @param version tells it from those that were in force before it
     */
    record Text(long version, String text) {}

    /**
     * All that is in force of a kind, by name.
     *
     * @throws java.io.UncheckedIOException if it can't be told now
     */
    Map<String, Text> all(String kind);

    /** What was in force before of one name, the latest first; none where it can't be told now. */
    List<String> earlier(String kind, String name, int limit);
}
