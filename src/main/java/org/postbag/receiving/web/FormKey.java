package org.postbag.receiving.web;

import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** 128 random bits that a contact page carries, as 22 characters of base64url: the same page sent twice is one item. */
record FormKey(String value) {

    private static final int BYTES = 16;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22}");

    FormKey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a form key");
        }
    }

    static FormKey random(RandomGenerator random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new FormKey(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Empty for what no page of ours carried. */
    static Optional<FormKey> parse(String sent) {
        return FORM.matcher(sent).matches() ? Optional.of(new FormKey(sent)) : Optional.empty();
    }
}
