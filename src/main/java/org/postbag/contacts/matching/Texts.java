package org.postbag.contacts.matching;

/** How texts sound. */
final class Texts {

    private Texts() {}

    /** A code that texts which sound alike in English or Welsh often share: the first letter and the groups of consonants, as in Soundex, to five signs. */
    static String sound(String text) {
        var code = new StringBuilder(5);
        char last = 0;
        for (int i = 0; i < text.length() && code.length() < 5; i++) {
            char group = group(text.charAt(i));
            if (i == 0) {
                code.append(text.charAt(i));
            } else if (group != 0 && group != last) {
                code.append(group);
            }
            last = group;
        }
        return code.toString();
    }

    /** The consonants that are taken for one another (Soundex, with vowels as nothing); 0 for what is not heard. */
    static char group(char letter) {
        return switch (letter) {
            case 'b', 'p', 'f', 'v', 'w' -> '1';
            case 'c', 'k', 'q', 'g', 'j', 's', 'z', 'x' -> '2';
            case 'd', 't' -> '3';
            case 'l' -> '4';
            case 'm', 'n' -> '5';
            case 'r' -> '6';
            case 'a', 'e', 'i', 'o', 'u', 'y', 'h' -> 0;
            default -> letter;
        };
    }
}
