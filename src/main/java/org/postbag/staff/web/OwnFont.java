package org.postbag.staff.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.TransformedResource;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/**
 * GOV.UK Frontend's styles without its font, which belongs to gov.uk and isn't here. Our own styles name another, but they come second: a browser that is
 * asked how a page lies before they are there would ask for it.
 */
@Configuration(proxyBeanMethods = false)
class OwnFont implements WebMvcConfigurer {

    private static final String STYLES = "/webjars/govuk-frontend/*/dist/govuk/govuk-frontend.min*.css";
    private static final Pattern FONT_FACE = Pattern.compile("@font-face\\s*\\{[^}]*}");
    private static final Duration KEPT = Duration.ofDays(365);

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler(STYLES)
                .addResourceLocations("classpath:/META-INF/resources/webjars/govuk-frontend/")
                .setCacheControl(CacheControl.maxAge(KEPT))
                .resourceChain(true)
                .addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"))
                .addTransformer((request, resource, chain) -> withoutFonts(chain.transform(request, resource)));
    }

    private static Resource withoutFonts(Resource styles) throws IOException {
        var text = styles.getContentAsString(StandardCharsets.UTF_8);
        return new TransformedResource(
                styles, FONT_FACE.matcher(text).replaceAll("").getBytes(StandardCharsets.UTF_8));
    }
}
