package org.postbag.console.mapping;

/** How something is written, for who may not see what is: letters as a and A, digits as 9. */
final class Shape {

    private static final int LENGTH_MAX = 24;

    private Shape() {}

    static String of(String text) {
        var shape = new StringBuilder();
        text.codePoints().limit(LENGTH_MAX).forEach(c -> {
            if (Character.isUpperCase(c)) {
                shape.append('A');
            } else if (Character.isLetter(c)) {
                shape.append('a');
            } else if (Character.isDigit(c)) {
                shape.append('9');
            } else {
                shape.append(c < ' ' ? ' ' : Character.toString(c < 0x80 ? c : '?'));
            }
        });
        return text.codePointCount(0, text.length()) > LENGTH_MAX ? shape + "…" : shape.toString();
    }
}
