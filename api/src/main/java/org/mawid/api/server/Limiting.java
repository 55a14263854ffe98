package org.mawid.api.server;

import io.github.bucket4j.TimeMeter;
import java.util.EnumMap;
import java.util.Map;
import org.mawid.api.limit.Limits;
import org.mawid.api.limit.Payer;
import org.mawid.api.limit.Proxies;
import org.mawid.api.limit.Rates;

/** How often who may do what, as the settings say. */
final class Limiting {
    private static final Map<Payer, EdgeSetting> SETTINGS = new EnumMap<>(Map.of(Payer.ADDRESS, EdgeSetting.LIMIT_ADDRESS, Payer.PERSON, EdgeSetting.LIMIT_PERSON, Payer.APPLICANTS, EdgeSetting.LIMIT_APPLICANTS,
            Payer.STAFF, EdgeSetting.LIMIT_STAFF, Payer.PORTAL, EdgeSetting.LIMIT_PORTAL));

    private Limiting() {
    }

    /** @throws IllegalArgumentException in one line, naming the setting */
    static void check(final Settings settings) {
        limits(settings);
        proxies(settings);
        addressPercent(settings);
    }

    static Limits limits(final Settings settings) {
        try {
            return new Limits(Rates.of(payer -> settings.text(SETTINGS.get(payer))), TimeMeter.SYSTEM_NANOTIME);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("mawid.limit." + e.getMessage(), e);
        }
    }

    static int addressPercent(final Settings settings) {
        return (int) settings.number(EdgeSetting.LIMIT_CONNECTIONS, 1, 100);
    }

    static Proxies proxies(final Settings settings) {
        try {
            return Proxies.of(settings.list(EdgeSetting.LIMIT_PROXIES), settings.text(EdgeSetting.LIMIT_PROXIES_HEADER));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(EdgeSetting.LIMIT_PROXIES.key() + ": " + e.getMessage(), e);
        }
    }
}
