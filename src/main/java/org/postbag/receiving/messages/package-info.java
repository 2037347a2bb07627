/** Direct messages of social platforms: webhooks that are signed, polling, and cutting what they bring into items of one sender each. */
@NamedInterface("messages")
@NullMarked
package org.postbag.receiving.messages;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
