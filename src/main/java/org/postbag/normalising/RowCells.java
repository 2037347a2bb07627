package org.postbag.normalising;

import java.text.Normalizer;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.ExportRow;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Profile.Field;

/** The cells of a row by our names for them, as clean text. */
record RowCells(Profile profile, ExportRow.Whole row) {

    static final int NAME_CHARACTERS_MAX = 200;
    private static final Pattern NOT_TEXT = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
    private static final Pattern NO_NAME = Pattern.compile(
            "(?i)[\\p{P}\\s]*|n/?a|unknown|not (given|known|provided)|withheld|anonymous|none|null|caller|no name( given)?");
    private static final Pattern ALL_ZEROS = Pattern.compile("\\s*(\\+44)?[\\s()./-]*0[0\\s()./-]*");
    private static final Pattern WHOLE_FRACTION = Pattern.compile("([0-9]+)\\.0+");
    private static final Pattern SCIENTIFIC = Pattern.compile("[0-9]([.,][0-9]+)?[Ee]\\+?[0-9]+");
    /** A name before a number or address in angle brackets, as telephone systems and mail write it. */
    private static final Pattern NAME_BEFORE_ADDRESS = Pattern.compile("(.*?)\\s*<[A-Za-z0-9+@_.:-]*>");

    /** Where a system knows no name it may write the number instead. */
    private static final Pattern NUMBER_FOR_NAME = Pattern.compile("\\+?[0-9 ().-]{3,}");

    /** A cell as text: lines end in \n, no control characters, letters and their accents as one. */
    String text(Field field) {
        var text = profile.value(field, row).replace("\r\n", "\n").replace('\r', '\n');
        return Normalizer.normalize(NOT_TEXT.matcher(text).replaceAll(""), Normalizer.Form.NFC)
                .strip();
    }

    String line(Field field) {
        return text(field).replaceAll("\\s+", " ");
    }

    /** Null where there is none, or what stands for none. */
    @Nullable
    String name() {
        var written = line(Field.NAME);
        var before = NAME_BEFORE_ADDRESS.matcher(written);
        var name = before.matches() ? before.group(1).replaceAll("^\"|\"$", "").strip() : written;
        return NO_NAME.matcher(name).matches() || NUMBER_FOR_NAME.matcher(name).matches()
                ? null
                : Shortened.of(name, NAME_CHARACTERS_MAX);
    }

    /** Null for what stands for nothing, such as {@code n/a}. */
    static @Nullable String ofSomething(String written) {
        return NO_NAME.matcher(written).matches() ? null : written;
    }

    boolean standsForNoNumber(String written) {
        return profile.withheld().contains(Profile.key(written))
                || ALL_ZEROS.matcher(written).matches();
    }

    /** A number as a spreadsheet may have left it: without its leading zero or plus, with a fraction; null where digits may be gone. */
    @Nullable
    Telephone telephone(String written) {
        if (standsForNoNumber(written) || SCIENTIFIC.matcher(written).matches()) {
            return null;
        }
        var whole = WHOLE_FRACTION.matcher(written);
        return Telephone.parse(whole.matches() ? whole.group(1) : written, profile.telephones())
                .orElse(null);
    }

    /** Notes it where a character could not be read. */
    void noteDamage(List<String> damaged) {
        if (row.cells().values().stream().anyMatch(cell -> cell.indexOf('\uFFFD') >= 0)) {
            damaged.add("A character could not be read");
        }
    }

    /** What the row says of its person beyond who they are. */
    void addClaims(List<Claim> claims) {
        var postcode = line(Field.POSTCODE);
        claim(
                claims,
                Claim.Kind.POSTCODE,
                Postcode.parse(postcode).map(Postcode::value).orElse(postcode));
        claim(claims, Claim.Kind.ORGANISATION, line(Field.ORGANISATION));
        claim(claims, Claim.Kind.LOCATION, line(Field.LOCATION));
        var email = line(Field.EMAIL);
        claim(
                claims,
                Claim.Kind.EMAIL,
                EmailAddress.parse(email).map(EmailAddress::value).orElse(email));
        telephoneClaim(claims, line(Field.OTHER_NUMBER));
    }

    void telephoneClaim(List<Claim> claims, String written) {
        if (!standsForNoNumber(written)) {
            var number = telephone(written);
            claim(claims, Claim.Kind.TELEPHONE, number == null ? written : number.e164());
        }
    }

    private static void claim(List<Claim> claims, Claim.Kind kind, String value) {
        if (!NO_NAME.matcher(value).matches()) {
            claims.add(new Claim(kind, Shortened.of(value, NAME_CHARACTERS_MAX)));
        }
    }
}
