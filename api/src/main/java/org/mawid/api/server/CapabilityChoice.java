package org.mawid.api.server;

import java.io.IOException;
import java.nio.file.Path;
import org.mawid.api.capability.Capabilities;
import org.mawid.api.gateway.Gateway;
import org.mawid.engine.Setting;

/** Whether capabilities are asked for, as the settings say. */
final class CapabilityChoice {
    private static final String REQUIRED = "required";
    private static final String OFF = "off";

    private CapabilityChoice() {
    }

    /** @throws IllegalArgumentException in one line, naming the setting */
    static void check(final Settings settings) {
        ttlMs(settings);
        final String said = settings.text(EdgeSetting.CAPABILITY);
        if (said.equals(REQUIRED) && !settings.engine().isOn(Setting.RECORDS)) {
            throw new IllegalArgumentException(EdgeSetting.CAPABILITY.key() + " = " + REQUIRED + " needs " + Setting.RECORDS.key() + " = true: whoever reads an application is given one; else it is " + OFF);
        }
        if (!said.isEmpty() && !said.equals(REQUIRED) && !said.equals(OFF)) {
            throw new IllegalArgumentException(EdgeSetting.CAPABILITY.key() + " = " + said + " is not " + EdgeSetting.CAPABILITY.range());
        }
    }

    private static long ttlMs(final Settings settings) {
        return settings.number(EdgeSetting.CAPABILITY_TTL_MS, 10_000, 86_400_000);
    }

    /**
     * Null when none is asked for.
     *
     * @param folder the edge's
     * @throws IOException in one line: its key can be neither read nor made
     */
    static Capabilities open(final Settings settings, final Path folder, final Gateway gateway) throws IOException {
        final boolean isOff = settings.text(EdgeSetting.CAPABILITY).equals(OFF) || !settings.engine().isOn(Setting.RECORDS);
        return isOff ? null : Capabilities.open(folder, ttlMs(settings), gateway);
    }
}
