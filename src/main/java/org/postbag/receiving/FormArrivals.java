package org.postbag.receiving;

import java.util.List;
import org.springframework.stereotype.Component;

/** Makes what the contact form took in an arrival, for the web-form connector. */
@Component("formArrivals")
class FormArrivals {

    public List<Arrival> arrivals(ContactForm form, String route) {
        return List.of(Identity.form(route, form.key(), form.toJson()));
    }
}
