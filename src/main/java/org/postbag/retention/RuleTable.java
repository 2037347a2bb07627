package org.postbag.retention;

/** Where the rules stand. They may change at any time; dates are worked out when they are read, by the rules of that moment. */
public interface RuleTable {

    RetentionRules current();
}
