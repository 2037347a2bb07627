@NullMarked
package org.postbag.reports.web;

import org.jspecify.annotations.NullMarked;
