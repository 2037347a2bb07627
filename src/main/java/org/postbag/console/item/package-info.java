@NullMarked
package org.postbag.console.item;

import org.jspecify.annotations.NullMarked;
