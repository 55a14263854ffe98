package org.mawid.api.network;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.mawid.api.network.Network.Desk;
import org.mawid.api.network.Network.Fee;
import org.mawid.api.network.Network.FeePart;
import org.mawid.api.network.Network.FeeTime;
import org.mawid.api.network.Network.Group;
import org.mawid.api.network.Network.Names;
import org.mawid.api.network.Network.Pool;
import org.mawid.api.network.Network.Post;
import org.mawid.api.network.Network.PostKind;
import org.mawid.api.network.Network.Rate;
import org.mawid.api.network.Network.Resource;
import org.mawid.api.network.Network.ResourceKind;
import org.mawid.api.network.Network.Scope;
import org.mawid.api.network.Network.Service;
import org.mawid.api.network.Network.Weekend;

/** What there is and who serves what: rates, posts, resources, services, desks, and the services of each desk. */
final class CatalogueFiles {
    static final List<String> RATES = List.of("currency", "mad_per_unit", "minor_units", "date");
    static final List<String> POSTS = List.of("code", "kind", "city", "country_iso2", "name_fr", "timezone", "currency", "weekend",
            "name_ar", "name_en", "name_es");
    static final List<String> RESOURCES = List.of("post_code", "resource", "count");
    static final List<String> SERVICES = List.of("code", "name_fr", "name_ar", "name_en", "name_es", "duration_minutes", "fee_mad",
            "validation_required", "appointment_required", "documents", "documents_en", "scope", "group", "urgent", "resources",
            "quantity_allowed", "quantity_max", "fee_components");
    /** May be left out of services.csv. */
    static final String FEE_TIME = "fee_time";
    static final List<String> DESKS = List.of("post_code", "desk_code", "group", "counters");
    /** May be left out of desks.csv. */
    static final String PLACE = "place";
    private static final int LONGEST_PLACE = 200;
    static final List<String> POST_SERVICES = List.of("post_code", "service_code", "desk_code");

    /** As in the schema of the log, where they are the largest ids. */
    static final int MAX_POSTS = 4_095;
    static final int MAX_SERVICES = 128;
    static final int MAX_POOLS = 65_000;
    private static final int MAX_POOLS_OF_POST = 64;
    /** One million dirhams; the largest real fee is 1 080. */
    private static final long MAX_FEE_CENTIMES = 100_000_000;
    private static final long MAX_MICRO_MAD = 1_000_000_000_000_000L;
    private static final int MAX_DOCUMENTS = 32;
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    final Codes<Rate> rates = new Codes<>("currency with a rate,");
    final Codes<Post> posts = new Codes<>("post");
    final Codes<ResourceRow> resources = new Codes<>("resource");
    final Codes<Service> services = new Codes<>("service");
    final Codes<DeskRow> desks = new Codes<>("desk");
    final Codes<String> served = new Codes<>("service of a post");

    /** A desk before pools are numbered. */
    record DeskRow(Row row, Post post, String code, Set<Group> groups, int counters, Set<Integer> serviceIds, String place) {}

    /** A resource before pools are numbered. */
    record ResourceRow(Row row, Post post, ResourceKind kind, int count) {}

    void rate(Row row) {
        final String code = row.code("currency");
        rates.claim(row, "currency", code);
        final BigDecimal madPerUnit = row.decimal("mad_per_unit");
        final BigDecimal microMad = madPerUnit.movePointRight(6).stripTrailingZeros();
        if (microMad.scale() > 0) row.refuse("mad_per_unit", madPerUnit.toPlainString() + " has more than six decimals");
        else if (microMad.signum() == 0 || microMad.longValueExact() > MAX_MICRO_MAD) {
            row.refuse("mad_per_unit", madPerUnit.toPlainString() + " is not above 0 and at most 1000000000");
        }
        final int minorUnits = row.integer("minor_units", 0, 3);
        if (minorUnits == 1) row.refuse("minor_units", "1 is none of 0, 2, 3");
        final Rate rate = new Rate(code, microMad.longValue(), minorUnits, row.date("date"));
        if (code != null) checkCurrency(row, code, minorUnits);
        if (!row.isRefused()) rates.put(code, rate);
    }

    private static void checkCurrency(Row row, String code, int minorUnits) {
        try {
            final int decimals = Currency.getInstance(code).getDefaultFractionDigits();
            if (decimals != minorUnits) row.refuse("minor_units", code + " has " + decimals + " decimals, not " + minorUnits);
        } catch (IllegalArgumentException e) {
            row.refuse("currency", code + " is not in ISO 4217");
        }
    }

    void post(Row row) {
        final String code = row.code("code");
        posts.claim(row, "code", code);
        final PostKind kind = row.oneOf("kind", PostKind.class);
        final String city = row.text("city");
        final String country = row.code("country_iso2");
        if (country != null && !COUNTRIES.contains(country)) row.refuse("country_iso2", country + " is not in ISO 3166");
        final String zone = row.text("timezone");
        if (!ZONES.contains(zone)) row.refuse("timezone", Row.quote(zone) + " is not a time zone known here");
        rates.find(row, "currency");
        final Weekend weekend = row.oneOf("weekend", Weekend.class);
        final Names names = names(row);
        final int id = posts.inOrder().size() + 1;
        if (id > MAX_POSTS) row.refuse("code", "is one post more than " + MAX_POSTS);
        if (row.isRefused()) return;
        posts.put(code, new Post(id, code, kind, city, country, names, ZoneId.of(zone), row.code("currency"), weekend));
    }

    void resource(Row row) {
        final Post post = posts.find(row, "post_code");
        final ResourceKind kind = row.oneOf("resource", ResourceKind.class);
        resources.claim(row, "resource", kind == null ? null : key(row.optional("post_code"), kind));
        final int count = row.integer("count", 1, 255);
        if (!row.isRefused()) resources.put(key(post.code(), kind), new ResourceRow(row, post, kind, count));
    }

    void service(Row row) {
        final String code = row.code("code");
        services.claim(row, "code", code);
        final Names names = names(row);
        final int minutes = row.integer("duration_minutes", 1, 960);
        final boolean severalAllowed = row.flag("quantity_allowed");
        final int quantityMax = row.integer("quantity_max", 1, 255);
        if (!severalAllowed && quantityMax != 1) row.refuse("quantity_max", quantityMax + ", but quantity_allowed is false");
        final List<String> documentsFr = row.list("documents");
        final List<String> documentsEn = row.list("documents_en");
        if (documentsFr.size() > MAX_DOCUMENTS) row.refuse("documents", documentsFr.size() + " documents, at most " + MAX_DOCUMENTS);
        if (documentsFr.size() != documentsEn.size()) {
            row.refuse("documents_en", documentsEn.size() + " documents, but " + documentsFr.size() + " in documents");
        }
        final Scope scope = row.oneOf("scope", Scope.class);
        final Group group = row.oneOf("group", Group.class);
        final Set<ResourceKind> needs = needs(row);
        final List<Fee> fee = fee(row);
        final long centimes = fee.stream().mapToLong(Fee::centimes).sum();
        final int id = services.inOrder().size() + 1;
        if (id > MAX_SERVICES) row.refuse("code", "is one service more than " + MAX_SERVICES);
        final Service service = new Service(id, code, names, documentsFr, documentsEn, minutes, quantityMax,
                row.flag("validation_required"), row.flag("appointment_required"), row.flag("urgent"), scope, group, needs, centimes, fee,
                row.has(FEE_TIME) ? row.oneOf(FEE_TIME, FeeTime.class) : null);
        if (!row.isRefused()) services.put(code, service);
    }

    private static Set<ResourceKind> needs(Row row) {
        final Set<ResourceKind> needs = EnumSet.noneOf(ResourceKind.class);
        for (String name : row.list("resources")) {
            final ResourceKind kind = row.oneOf("resources", name, ResourceKind.class);
            if (kind == ResourceKind.RECEPTION_SEAT) row.refuse("resources", kind + " is needed by every visit and not named here");
            else if (kind != null && !needs.add(kind)) row.refuse("resources", kind + " twice");
        }
        return Collections.unmodifiableSet(needs);
    }

    private static List<Fee> fee(Row row) {
        final Map<FeePart, Long> parts = new EnumMap<>(FeePart.class);
        for (String part : row.list("fee_components")) {
            final int colon = part.indexOf(':');
            final FeePart name = row.oneOf("fee_components", colon < 0 ? part : part.substring(0, colon), FeePart.class);
            final Long centimes = centimes(part.substring(colon + 1));
            if (centimes == null) row.refuse("fee_components", Row.quote(part) + " has no amount in dirhams");
            else if (name != null && parts.put(name, centimes) != null) row.refuse("fee_components", name + " twice");
        }
        final Long whole = centimes(row.optional("fee_mad"));
        final long sum = parts.values().stream().mapToLong(Long::longValue).sum();
        if (whole == null) row.refuse("fee_mad", Row.quote(row.optional("fee_mad")) + " is not an amount in dirhams");
        else if (whole > MAX_FEE_CENTIMES) row.refuse("fee_mad", "is more than " + dirhams(MAX_FEE_CENTIMES));
        else if (sum != whole) row.refuse("fee_components", "add up to " + dirhams(sum) + ", the fee is " + dirhams(whole));
        final List<Fee> fee = new ArrayList<>();
        parts.forEach((part, centimes) -> fee.add(new Fee(part, centimes)));
        return List.copyOf(fee);
    }

    private static Long centimes(String dirhams) {
        return dirhams.matches("[0-9]{1,7}(\\.[0-9]{1,2})?") ? new BigDecimal(dirhams).movePointRight(2).longValueExact() : null;
    }

    private static String dirhams(long centimes) {
        return BigDecimal.valueOf(centimes, 2).toPlainString();
    }

    void desk(Row row) {
        final Post post = posts.find(row, "post_code");
        final String code = row.code("desk_code");
        desks.claim(row, "desk_code", key(row.optional("post_code"), code));
        final Set<Group> groups = EnumSet.noneOf(Group.class);
        for (String name : row.list("group")) {
            final Group group = row.oneOf("group", name, Group.class);
            if (group != null && !groups.add(group)) row.refuse("group", name + " twice");
        }
        if (groups.isEmpty()) row.refuse("group", "is empty");
        final int counters = row.integer("counters", 1, 255);
        final String place = row.has(PLACE) ? row.text(PLACE) : null;
        if (place != null && place.length() > LONGEST_PLACE) row.refuse(PLACE, "has " + place.length() + " characters, " + LONGEST_PLACE + " at most");
        if (!row.isRefused()) desks.put(key(post.code(), code), new DeskRow(row, post, code, groups, counters, new TreeSet<>(), place));
    }

    void served(Row row) {
        final Post post = posts.find(row, "post_code");
        final Service service = services.find(row, "service_code");
        served.claim(row, "service_code", key(row.optional("post_code"), row.optional("service_code")));
        final String deskCode = row.code("desk_code");
        if (post == null || service == null || deskCode == null) {
            row.refuseSilently();
            served.incomplete();
            return;
        }
        final DeskRow desk = desks.find(row, "desk_code", key(post.code(), deskCode));
        if (desk == null) return;
        if (!desk.groups().contains(service.group())) {
            row.refuse("desk_code", deskCode + " serves " + desk.groups() + ", not " + service.group());
        }
        for (ResourceKind kind : service.resourceKinds()) {
            if (resources.get(key(post.code(), kind)) == null && resources.isWhole()) {
                row.refuse("service_code", service.code() + " needs " + kind + ", which the post has not in resources.csv");
            }
        }
        if (row.isRefused()) return;
        desk.serviceIds().add(service.id());
        served.put(key(post.code(), service.code()), service.code());
    }

    /** What only shows when all files are there. @param hours by post code, the posts that have opening hours */
    void checkTogether(Codes<Post> hours, Refusals refusals) {
        final Map<Integer, Integer> poolsOf = new HashMap<>();
        for (DeskRow desk : desks.inOrder()) {
            final Row row = desk.row();
            final boolean first = poolsOf.merge(desk.post().id(), 1, Integer::sum) == 1;
            if (desk.serviceIds().isEmpty() && served.isWhole()) row.refuse("desk_code", desk.code() + " serves nothing in post-services.csv");
            if (!first) continue;
            if (hours.get(desk.post().code()) == null && hours.isWhole()) row.refuse("post_code", "the post has no opening hours");
            if (resources.get(key(desk.post().code(), ResourceKind.RECEPTION_SEAT)) == null && resources.isWhole()) {
                row.refuse("post_code", "the post has no RECEPTION_SEAT in resources.csv, and every visit needs one");
            }
        }
        for (ResourceRow resource : resources.inOrder()) {
            final boolean withoutDesk = !poolsOf.containsKey(resource.post().id());
            if (withoutDesk && desks.isWhole()) resource.row().refuse("post_code", "the post has no desk");
            else if (!withoutDesk) poolsOf.merge(resource.post().id(), 1, Integer::sum);
        }
        poolsOf.forEach((post, pools) -> {
            if (pools <= MAX_POOLS_OF_POST) return;
            refusals.add("desks.csv", 0, "post_code",
                    posts.inOrder().get(post - 1).code() + " has " + pools + " desks and resources, at most " + MAX_POOLS_OF_POST);
        });
        final int pools = desks.inOrder().size() + resources.inOrder().size();
        if (pools > MAX_POOLS) refusals.add("desks.csv", 0, "", pools + " desks and resources, at most " + MAX_POOLS);
    }

    /** Numbers from 1: post by post, desks before resources, each in file order. */
    List<Pool> numberedPools() {
        final List<List<DeskRow>> desksOf = byPost();
        final List<List<ResourceRow>> resourcesOf = byPost();
        desks.inOrder().forEach(desk -> desksOf.get(desk.post().id()).add(desk));
        resources.inOrder().forEach(resource -> resourcesOf.get(resource.post().id()).add(resource));
        final List<Pool> pools = new ArrayList<>();
        for (Post post : posts.inOrder()) {
            for (DeskRow desk : desksOf.get(post.id())) {
                pools.add(new Desk(pools.size() + 1, post.id(), desk.code(), Collections.unmodifiableSet(desk.groups()), desk.counters(),
                        List.copyOf(desk.serviceIds()), desk.place()));
            }
            for (ResourceRow resource : resourcesOf.get(post.id())) {
                pools.add(new Resource(pools.size() + 1, post.id(), resource.kind(), resource.count()));
            }
        }
        return pools;
    }

    private <T> List<List<T>> byPost() {
        final List<List<T>> lists = new ArrayList<>();
        for (int id = 0; id <= posts.inOrder().size(); id++) lists.add(new ArrayList<>());
        return lists;
    }

    private static Names names(Row row) {
        return new Names(row.text("name_fr"), row.text("name_ar"), row.text("name_en"), row.text("name_es"));
    }

    /** @return {@code null} when the second part could not be read */
    private static String key(String post, String code) {
        return code == null ? null : post + ' ' + code;
    }

    private static String key(String post, ResourceKind kind) {
        return key(post, kind.name());
    }
}
