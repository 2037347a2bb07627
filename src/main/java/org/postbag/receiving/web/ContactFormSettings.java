package org.postbag.receiving.web;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param topics what people choose from to say what they write about */
@ConfigurationProperties("postbag.contact-form")
record ContactFormSettings(@DefaultValue List<String> topics) {}
