package org.postbag.staff;

/**
 * What is wrong with what was typed, for the summary on top of the page and beside the field. Pages put a list of these into the model as
 * {@code errors}; the layout then starts the title with "Error".
 *
 * @param field the id of the field, which the summary links to
 * @param text what is wrong and how to put it right
 */
public record PageError(String field, String text) {}
