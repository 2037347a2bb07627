/** Where an enquiry comes from, as far as the sender's postcode or staff say so. Never guessed from a network address. */
@NamedInterface("location")
@NullMarked
package org.postbag.enquiries.location;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
