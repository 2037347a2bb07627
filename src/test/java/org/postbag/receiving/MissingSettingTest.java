package org.postbag.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.settings.MissingSetting;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Production doesn't start without its keys and servers, and says which is missing, never what was given. */
class MissingSettingTest {

    private static final String KEY = "0123456789abcdef".repeat(4);

    @TempDir
    private Path folder;

    @EnableConfigurationProperties(ReceivingSettings.class)
    static class Settings {}

    @Test
    void withoutAMasterKey() {
        assertThat(missing()).isEqualTo("postbag.master-key-file");
    }

    @Test
    void withAMasterKeyThatIsNone() {
        assertThat(missing("postbag.master-key=secret")).isEqualTo("postbag.master-key");
        assertThat(missing("postbag.master-key-file=" + folder.resolve("none"))).isEqualTo("postbag.master-key-file");
    }

    @Test
    void withoutAnIdentityKey() {
        assertThat(missing("postbag.master-key=" + KEY)).isEqualTo("postbag.identity-key-file");
    }

    @Test
    void withoutKafka() {
        assertThat(missing("postbag.master-key=" + KEY, "postbag.identity-key=" + KEY))
                .isEqualTo("postbag.kafka.bootstrap-servers");
    }

    @Test
    void withKeysThatTheRawStoreWasNotBegunWith() {
        var other = KEY.replace('0', '1');
        assertThat(missing("postbag.master-key=" + KEY, "postbag.identity-key=" + KEY))
                .isEqualTo("postbag.kafka.bootstrap-servers");
        assertThat(missing("postbag.master-key=" + other, "postbag.identity-key=" + KEY))
                .isEqualTo("postbag.master-key-file");
        assertThat(missing("postbag.master-key=" + KEY, "postbag.identity-key=" + other))
                .isEqualTo("postbag.identity-key-file");
        assertThat(missing("postbag.master-key=" + KEY, "postbag.identity-key=" + KEY))
                .isEqualTo("postbag.kafka.bootstrap-servers");
    }

    private String missing(String... given) {
        for (var cause = failure(given); cause != null; cause = cause.getCause()) {
            if (cause instanceof MissingSetting missing) {
                return missing.setting();
            }
        }
        return "no setting is said to be missing";
    }

    private Throwable failure(String... given) {
        var failures = new ArrayList<Throwable>();
        new ApplicationContextRunner()
                .withUserConfiguration(Settings.class, ReceivingConfiguration.class)
                .withBean(Clock.class, Clock::systemUTC)
                .withPropertyValues("postbag.data=" + folder)
                .withPropertyValues(given)
                .run(context -> failures.add(Objects.requireNonNull(context.getStartupFailure())));
        return failures.getFirst();
    }
}
