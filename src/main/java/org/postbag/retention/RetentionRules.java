package org.postbag.retention;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** The rule table at one moment: an entry for every category. */
public record RetentionRules(Map<Category, RetentionRule> rules) {

    public RetentionRules {
        rules = Map.copyOf(rules);
        for (var category : Category.values()) {
            if (!rules.containsKey(category)) {
                throw new IllegalArgumentException("No retention rule for " + category.code());
            }
        }
    }

    public static RetentionRules of(Collection<RetentionRule> rules) {
        var byCategory = new EnumMap<Category, RetentionRule>(Category.class);
        rules.forEach(rule -> byCategory.put(rule.category(), rule));
        return new RetentionRules(byCategory);
    }

    public RetentionRule of(Category category) {
        return java.util.Objects.requireNonNull(rules.get(category));
    }

    /** For a single enquiry that is none; it ends earlier than its contact's, or not at all. */
    public RetentionRule ofNoEnquiry() {
        return of(Category.NOT_AN_ENQUIRY);
    }

    /** For what is on no contact yet: an item in quarantine is kept as long as one from the public. */
    public RetentionRule ofUnfiled() {
        return of(Category.PUBLIC);
    }
}
