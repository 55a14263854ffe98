package org.mawid.api.network;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.mawid.api.network.Network.Load;
import org.mawid.api.network.Network.Measure;
import org.mawid.api.network.Network.Post;
import org.mawid.api.network.Network.Service;
import org.mawid.api.network.Network.Share;
import org.mawid.api.network.Network.VisitSize;

/** Modelled demand, for demonstrations and load tests: an import does not need these files, but refuses wrong ones. */
final class ModelFiles {
    static final List<String> MIX = List.of("service_code", "share_of_services_pct");
    static final List<String> SIZES = List.of("measure", "size", "share_pct", "mean_size");
    static final List<String> LOADS = List.of("code", "share_pct", "appointments_per_year", "slots_per_year", "slots_per_day", "peak_day_slots");

    private static final BigDecimal ALL = BigDecimal.valueOf(100);
    private static final int MANY = 999_999_999;

    final List<Share> mix = new ArrayList<>();
    final List<VisitSize> sizes = new ArrayList<>();
    final List<Load> loads = new ArrayList<>();
    private final Codes<Post> posts;
    private final Codes<Service> services;
    private final Codes<String> inMix = new Codes<>("service");
    private final Codes<String> inSizes = new Codes<>("size");
    private final Codes<String> inLoads = new Codes<>("post");
    private boolean mixIsWhole = true;
    private boolean sizesAreWhole = true;

    ModelFiles(Codes<Post> posts, Codes<Service> services) {
        this.posts = posts;
        this.services = services;
    }

    void share(Row row) {
        final Service service = services.find(row, "service_code");
        inMix.claim(row, "service_code", row.optional("service_code"));
        final BigDecimal percent = row.decimal("share_of_services_pct");
        if (row.isRefused()) mixIsWhole = false;
        else mix.add(new Share(service.id(), percent));
    }

    void size(Row row) {
        final Measure measure = row.oneOf("measure", Measure.class);
        final String size = row.text("size");
        if (!size.matches("[1-9][0-9]?\\+?")) row.refuse("size", Row.quote(size) + " is not a size like 3 or 4+");
        inSizes.claim(row, "size", measure + " " + size);
        final BigDecimal percent = row.decimal("share_pct");
        final BigDecimal mean = row.decimal("mean_size");
        if (row.isRefused()) {
            sizesAreWhole = false;
            return;
        }
        final boolean orMore = size.endsWith("+");
        sizes.add(new VisitSize(measure, Integer.parseInt(orMore ? size.substring(0, size.length() - 1) : size), orMore, percent, mean));
    }

    void load(Row row) {
        final Post post = posts.find(row, "code");
        inLoads.claim(row, "code", row.optional("code"));
        final BigDecimal percent = row.decimal("share_pct");
        final int appointments = row.integer("appointments_per_year", 0, MANY);
        final int slots = row.integer("slots_per_year", 0, MANY);
        final int perDay = row.integer("slots_per_day", 0, MANY);
        final int peak = row.integer("peak_day_slots", 0, MANY);
        if (!row.isRefused()) loads.add(new Load(post.id(), percent, appointments, slots, perDay, peak));
    }

    void checkMix(Refusals refusals) {
        if (!mixIsWhole) return; // the sum of what is left says nothing
        final BigDecimal sum = mix.stream().map(Share::percent).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.compareTo(ALL) != 0) refusals.add("service-mix.csv", 0, "share_of_services_pct", "adds up to " + sum + ", not to 100");
    }

    void checkSizes(Refusals refusals) {
        if (!sizesAreWhole) return;
        final Map<Measure, BigDecimal> sums = new EnumMap<>(Measure.class);
        sizes.forEach(size -> sums.merge(size.measure(), size.percent(), BigDecimal::add));
        for (Measure measure : Measure.values()) {
            final BigDecimal sum = sums.getOrDefault(measure, BigDecimal.ZERO);
            if (sum.compareTo(ALL) != 0) refusals.add("visit-size.csv", 0, "share_pct", measure + " adds up to " + sum + ", not to 100");
        }
    }
}
