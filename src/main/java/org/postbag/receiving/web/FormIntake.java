package org.postbag.receiving.web;

import java.time.Duration;
import org.postbag.receiving.ContactForm;
import org.postbag.receiving.Doors;
import org.postbag.receiving.Receipt;
import org.springframework.stereotype.Component;

/** Hands a form that was found right to its route, within what one network may send. */
@Component
class FormIntake {

    private static final String DOOR = "contact-form";

    private final Doors doors;
    private final FormLimits limits;

    FormIntake(Doors doors, FormLimits limits) {
        this.doors = doors;
        this.limits = limits;
    }

    sealed interface Taking {
        /** The form is durable. A repeat of it is answered by the receipt of the first. */
        record Taken(Receipt receipt) implements Taking {}

        /** The form is not known to be durable: the route is stopped, or the raw store or Kafka is away. */
        record NotNow() implements Taking {}

        /** Too many forms came from this network; nothing was taken in. */
        record TooMany(Duration pause) implements Taking {}
    }

    /** @param address who sends it */
    Taking take(ContactForm form, String address) {
        var wait = limits.waitForForm(address);
        if (!wait.isZero()) {
            return new Taking.TooMany(wait);
        }
        return doors.handIn(DOOR, form).<Taking>map(Taking.Taken::new).orElseGet(Taking.NotNow::new);
    }
}
