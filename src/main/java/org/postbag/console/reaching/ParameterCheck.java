package org.postbag.console.reaching;

import java.util.Optional;

/** Whether a value can be right for a parameter. Pure. */
final class ParameterCheck {

    private ParameterCheck() {}

    static Optional<String> problem(Parameter parameter, String value) {
        if (value.isEmpty()) {
            return parameter.required() ? Optional.of("Enter " + parameter.label()) : Optional.empty();
        }
        return Optional.empty();
    }
}
