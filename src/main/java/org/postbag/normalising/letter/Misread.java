package org.postbag.normalising.letter;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.postbag.normalising.Postcode;
import org.postbag.receiving.Reference;

/** Postcodes and references as OCR gives them: where letters and figures look alike, what has a form or a check character says which it was. */
final class Misread {

    private static final Pattern POSTCODE_AT_END = Pattern.compile("\\b([A-Z0-9]{2,4}) ?([A-Z0-9]{3})\\W*$");
    private static final int GROUP_LENGTH = 4;

    /** What is taken for each other in print. */
    private static final String[] ALIKE = {"5S", "8B", "2Z", "6G", "0D", "7T", "B3", "0Q", "VY", "CG", "MN", "PR"};

    private static final String FIGURES_FOR = "O0I1L1S5B8Z2G6T7A4";
    private static final String LETTERS_FOR = "0O1I5S8B2Z6G4A";

    private Misread() {}

    /** The postcode that a line ends with. */
    static Optional<Postcode> postcode(String line) {
        var end = POSTCODE_AT_END.matcher(line);
        if (!end.find()) {
            return Optional.empty();
        }
        var written = Postcode.parse(end.group(1) + " " + end.group(2));
        if (written.isPresent()) {
            return written;
        }
        var outward = end.group(1);
        var inward = end.group(2);
        var mended = as(FIGURES_FOR, inward.substring(0, 1)) + as(LETTERS_FOR, inward.substring(1));
        for (int letters = Math.min(2, outward.length() - 1); letters > 0; letters--) {
            var area = as(LETTERS_FOR, outward.substring(0, letters));
            var found = Postcode.parse(area + as(FIGURES_FOR, outward.substring(letters)) + " " + mended);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** What a reference was, if it can have been one only. */
    static Optional<Reference> reference(String written) {
        var read = Reference.parse(written);
        if (read.isPresent()) {
            return read;
        }
        var found = new HashSet<Reference>();
        var groups = written.split("\\W+", -1);
        for (int i = 0; i < groups.length; i++) {
            for (var other : others(groups[i])) {
                var changed = groups.clone();
                changed[i] = other;
                Reference.parse(String.join("-", changed)).ifPresent(found::add);
            }
        }
        return found.size() == 1 ? found.stream().findFirst() : Optional.empty();
    }

    /** A group without one character, where it has one too many; else with another that looks like it. */
    private static Set<String> others(String group) {
        var others = new HashSet<String>();
        for (int i = 0; i < group.length(); i++) {
            if (group.length() > GROUP_LENGTH) {
                others.add(group.substring(0, i) + group.substring(i + 1));
                continue;
            }
            for (var pair : ALIKE) {
                int place = pair.indexOf(Character.toUpperCase(group.charAt(i)));
                if (place >= 0) {
                    others.add(group.substring(0, i) + pair.charAt(1 - place) + group.substring(i + 1));
                }
            }
        }
        return others;
    }

    private static String as(String pairs, String text) {
        var mended = new StringBuilder();
        for (char c : text.toCharArray()) {
            int place = pairs.indexOf(c);
            mended.append(place >= 0 && place % 2 == 0 ? pairs.charAt(place + 1) : c);
        }
        return mended.toString();
    }
}
