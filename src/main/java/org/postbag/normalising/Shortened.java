package org.postbag.normalising;

/** The beginning of a text that is too long for its place. */
public final class Shortened {

    private Shortened() {}

    /** At most that many characters, ending with a whole word and an ellipsis where something is left out. */
    public static String of(String text, int charactersMax) {
        if (text.length() <= charactersMax) {
            return text;
        }
        int end = text.lastIndexOf(' ', charactersMax - 1);
        if (end < charactersMax / 2) {
            end = Character.isHighSurrogate(text.charAt(charactersMax - 2)) ? charactersMax - 2 : charactersMax - 1;
        }
        return text.substring(0, end).stripTrailing() + "…";
    }
}
