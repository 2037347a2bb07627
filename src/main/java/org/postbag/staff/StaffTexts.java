package org.postbag.staff;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * What staff read, from the files in {@code staff/}, in the language of the page, or in English where none is being made: for what a controller says. Templates write {@code #{key}}, and
 * {@code @texts} for what that can't say.
 */
@Component("texts")
public class StaffTexts {

    private final MessageSource messages;

    StaffTexts(MessageSource messages) {
        this.messages = messages;
    }

    /**
     * A text with its values, not escaped. Numbers are grouped, so an id is given as a string.
     *
     * @throws org.springframework.context.NoSuchMessageException where no such text is there in any language
     */
    public String say(String key, Object... values) {
        var page = LocaleContextHolder.getLocaleContext();
        return messages.getMessage(key, values, page == null ? Locale.UK : LocaleContextHolder.getLocale(page));
    }

    /** What one of a few is called: the text that stands under the name of its type and its own, such as {@code work-status.in-hand}. */
    public String label(Enum<?> one) {
        return say(dashed(one.getDeclaringClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-")) + "."
                + dashed(one.name()));
    }

    /** What several are called, in their order. */
    public String labels(Collection<? extends Enum<?>> some) {
        return some.stream().map(this::label).collect(Collectors.joining(", "));
    }

    private static String dashed(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
