package org.postbag.receiving.exports;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param mark what the code on a separator sheet says; where nobody outside knows it, nobody can cut their own letter in two */
@ConfigurationProperties("postbag.letters")
record LetterSettings(@DefaultValue("POSTBAG-SEPARATOR") String mark) {}
