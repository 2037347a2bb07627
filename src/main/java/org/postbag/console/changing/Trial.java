package org.postbag.console.changing;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.camel.Component;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.SourcePositions;
import org.postbag.receiving.mailbox.MailboxComponent;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

/**
 * Builds a route in a Camel context of its own, which is thrown away: every option is looked at by the component that it is for, nothing starts and nothing
 * connects. It runs in a thread that is left behind if it takes too long.
 */
@org.springframework.stereotype.Component
@Profile("!command")
class Trial {

    private static final Duration TIME_MAX = Duration.ofSeconds(20);
    private static final int AT_ONCE_MAX = 2;
    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|token|key).*");
    private static final String NOT_THE_SECRET = "not-the-secret";

    private final ListableBeanFactory beans;
    private final Environment settings;
    private final Clock clock;
    private final SourcePositions positions;
    private final Semaphore places = new Semaphore(AT_ONCE_MAX);

    Trial(ListableBeanFactory beans, Environment settings, Clock clock, SourcePositions positions) {
        this.beans = beans;
        this.settings = settings;
        this.clock = clock;
        this.positions = positions;
    }

    /** Why it would not start; empty where it would. */
    Optional<String> run(Optional<String> connector, String text) {
        if (!places.tryAcquire()) {
            return Optional.of("Other checks are running. Check it again in a moment.");
        }
        var outcome = new CompletableFuture<Optional<String>>();
        Thread.ofPlatform().daemon().name("route-trial").start(() -> {
            try {
                outcome.complete(build(connector, text));
            } catch (Throwable wrong) { // A component may throw anything, errors too.
                outcome.complete(Optional.of(LoadProblem.of(wrong)));
            } finally {
                places.release();
            }
        });
        try {
            return outcome.get(TIME_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException late) {
            return Optional.of("Building it took longer than " + TIME_MAX.toSeconds() + " seconds. It was given up.");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.of("Postbag is stopping. Check it again later.");
        }
    }

    private Optional<String> build(Optional<String> connector, String text) throws Exception {
        try (var context = new DefaultCamelContext(false)) {
            context.getCamelContextExtension().setName("trial");
            context.disableJMX();
            context.setAutoStartup(false);
            context.getCamelContextExtension().setRegistry(new DefaultRegistry(new Known()));
            context.getPropertiesComponent().addPropertiesSource(new Settings());
            context.getPropertiesComponent().addPropertiesFunction(new Secrets());
            context.build();
            var loader = PluginHelper.getRoutesLoader(context);
            if (connector.isPresent()) {
                loader.loadRoutes(ResourceHelper.fromString("connector.camel.yaml", connector.get()));
            }
            loader.loadRoutes(ResourceHelper.fromString("draft.camel.yaml", text));
            context.start();
            return context.getRoutes().size() == 1
                    ? Optional.empty()
                    : Optional.of("It makes " + context.getRoutes().size() + " routes instead of one.");
        }
    }

    /** Only what a route may name: nothing else of the program can be looked up. Components are new ones, for they belong to a context. */
    private final class Known implements BeanRepository {

        @Override
        public @Nullable Object lookupByName(String name) {
            if (name.equals("mailbox")) {
                return new MailboxComponent(clock, positions);
            }
            return (Allowed.PROCESSORS.contains(name) || Allowed.BEANS.containsKey(name)) && beans.containsBean(name)
                    ? beans.getBean(name)
                    : null;
        }

        @Override
        public <T> @Nullable T lookupByNameAndType(String name, Class<T> type) {
            if (Component.class.isAssignableFrom(type) && !name.equals("mailbox")) {
                return null;
            }
            var found = lookupByName(name);
            return type.isInstance(found) ? type.cast(found) : null;
        }

        @Override
        public <T> Map<String, T> findByTypeWithName(Class<T> type) {
            return Map.of();
        }

        @Override
        public <T> Set<T> findByType(Class<T> type) {
            return Set.of();
        }
    }

    /** The settings as they are, but those that are secrets. */
    private final class Settings implements PropertiesSource {

        @Override
        public String getName() {
            return "settings";
        }

        @Override
        public @Nullable String getProperty(String name) {
            var value = name.startsWith("postbag.") ? settings.getProperty(name) : null;
            return value != null && SECRET.matcher(name).matches() ? NOT_THE_SECRET : value;
        }
    }

    private static final class Secrets implements PropertiesFunction {

        @Override
        public String getName() {
            return "secret";
        }

        @Override
        public String apply(String remainder) {
            return NOT_THE_SECRET;
        }
    }
}
