package org.mawid.api.treasury.port;

import java.util.List;

/** Tariffs as the treasury publishes them. @param version opaque, to be given back when asking for a newer one */
public record TariffFeed(String version, List<Tariff> tariffs) {
    public TariffFeed {
        tariffs = List.copyOf(tariffs);
    }

    /** @param service code of the service @param fromDay first day it is in force, days since 1970-01-01 @param parts at least one */
    public record Tariff(String service, int fromDay, List<Part> parts) {
        public Tariff {
            parts = List.copyOf(parts);
        }
    }

    /** @param component receipt, chancery or service @param beneficiary the account that it is for */
    public record Part(String component, String beneficiary, long centimes) {
    }
}
