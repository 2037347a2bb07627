package org.postbag.staff.access;

import jakarta.servlet.DispatcherType;
import org.postbag.staff.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagers;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.IpAddressAuthorizationManager;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Deny by default: what a request reaches says who may call it, and what says nothing is refused to everyone. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecurityConfiguration {

    /** A page that shows outside content in a frame sends a stricter policy of its own, which is left as it is. */
    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "frame-src 'self'",
            "frame-ancestors 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'");

    private final Handlers handlers;
    private final HandlerAccess access;
    private final SignInNeeded signIn;
    private final Refusals refusals;
    private final StaffSettings settings;

    SecurityConfiguration(
            Handlers handlers, HandlerAccess access, SignInNeeded signIn, Refusals refusals, StaffSettings settings) {
        this.handlers = handlers;
        this.access = access;
        this.signIn = signIn;
        this.refusals = refusals;
        this.settings = settings;
    }

    /** The API with a token: no session, and no CSRF, since no browser sends the token by itself. */
    @Bean
    @Order(1)
    SecurityFilterChain tokens(HttpSecurity http, ApiTokens tokens, SignInThrottle throttle) {
        http.securityMatcher(BearerTokens::isIn)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .addFilterBefore(new BearerTokens(tokens, throttle, signIn), AuthorizationFilter.class);
        return common(http);
    }

    /** Everything else: pages, forms and the API for who is signed in. */
    @Bean
    @Order(2)
    SecurityFilterChain pages(
            HttpSecurity http, StaffUsers users, SignInOutcome outcome, SignInTrail trail, SessionUse use) {
        http.formLogin(form -> form.loginPage(SignInNeeded.PAGE)
                        .successHandler(outcome.success())
                        .failureHandler(outcome.failure()))
                .logout(logout -> logout.logoutUrl("/sign-out")
                        .addLogoutHandler((_, _, who) -> trail.signedOut(who))
                        .logoutSuccessUrl(SignInNeeded.PAGE + "?signed-out"))
                .csrf(csrf -> csrf.csrfTokenRepository(new CsrfTokens())
                        .ignoringRequestMatchers("/api/contact-form", "/webhooks/**"))
                .addFilterBefore(new FreshStaff(users, handlers, use), AuthorizationFilter.class);
        return common(http);
    }

    private SecurityFilterChain common(HttpSecurity http) {
        // What is dispatched within the server was let through when it came: the end of a stream too, when its session
        // may be over.
        return http.addFilterBefore(new StaffNetworks(handlers, settings.networks()), SecurityContextHolderFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR,
                                DispatcherType.FORWARD,
                                DispatcherType.INCLUDE,
                                DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .access(AuthorizationManagers.anyOf(
                                AuthorityAuthorizationManager.hasAuthority(Role.ADMINISTRATOR.name()),
                                IpAddressAuthorizationManager.hasIpAddress("127.0.0.1"),
                                IpAddressAuthorizationManager.hasIpAddress("::1")))
                        .anyRequest()
                        .access(access))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(signIn).accessDeniedHandler(refusals))
                .anonymous(anonymous -> anonymous.authorities("ANONYMOUS"))
                .httpBasic(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        // For browsers that don't know frame-ancestors; the pages' own frames are of the same origin.
                        .frameOptions(HeadersConfigurer.FrameOptionsConfig::sameOrigin))
                .build();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }
}
