package org.postbag.console.changing;

import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** What Camel says about a route that it can't load, in words for staff. */
public final class LoadProblem {

    public static final String NOT_SET = "It needs a setting that is not given: ";
    /** How Camel says it. */
    private static final Pattern WITHOUT_SETTING = Pattern.compile("Property with key \\[([^\\]]+)\\] not found.*");

    private LoadProblem() {}

    public static String of(Throwable wrong) {
        Throwable deepest = wrong;
        for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYamlEngineException marked
                    && marked.getProblemMark().isPresent()) {
                var mark = marked.getProblemMark().get();
                return "Line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": "
                        + marked.getProblem();
            }
            deepest = cause;
        }
        var message = deepest.getMessage();
        var setting = WITHOUT_SETTING.matcher(String.valueOf(message));
        if (setting.lookingAt()) {
            return NOT_SET + setting.group(1);
        }
        return message == null ? deepest.getClass().getSimpleName() : message;
    }
}
