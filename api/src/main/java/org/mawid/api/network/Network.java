package org.mawid.api.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * A whole consular network, checked: every code used exists, every sum adds up. Immutable.
 * <p>Things are numbered from 1 in the order of the files: posts and services by their rows; pools post by post, first the desks
 * of the post, then its resources. A log that was empty takes these numbers over; one that was not keeps its own, see
 * {@link NetworkImport}. What is stable is the code.
 *
 * @param posts         in id order
 * @param services      in id order
 * @param pools         desks and resources, in id order
 * @param rates         in file order, one for each currency
 * @param calendars     hours, holidays and Ramadan
 * @param mix           share of each service in what is delivered by appointment; empty when the file is absent
 * @param visitSizes    services and persons of an appointment; empty when the file is absent
 * @param loads         modelled demand by post; empty when the file is absent
 * @param notices       oddities that are no errors, for the person who imports
 */
public record Network(List<Post> posts, List<Service> services, List<Pool> pools, List<Rate> rates, Calendars calendars,
        List<Share> mix, List<VisitSize> visitSizes, List<Load> loads, List<String> notices) {

    public enum PostKind { EMBASSY, CONSULATE_GENERAL, CONSULATE }

    public enum Weekend { SAT_SUN, FRI_SAT }

    /** What desks share. Seats are counted in persons: every visit needs them, whatever its services need. */
    public enum ResourceKind { BIOMETRIC_STATION, ADOUL_PAIR, RECEPTION_SEAT }

    /** Which posts may deliver a service. */
    public enum Scope { ANY_POST, REGISTERED_POST }

    /** Families of services, by which desks are divided. */
    public enum Group { IDENTITY, PASSPORT, CIVIL_STATUS, LEGALISATION, NOTARY, VISA, REGISTRATION, OTHER }

    /** What a part of a fee is for; each has its own beneficiary. */
    public enum FeePart { RECEIPT, CHANCERY, STAMP, SERVICE, ADOUL }

    public enum FeeTime { AT_POST, BEFORE_VISIT, BEFORE_CONFIRM }

    public enum Measure { SERVICES, PERSONS }

    public record Names(String fr, String ar, String en, String es) {}

    /** @param country ISO 3166 alpha-2 @param currency ISO 4217, the one fees are collected in */
    public record Post(int id, String code, PostKind kind, String city, String country, Names names, ZoneId zone, String currency,
            Weekend weekend) {}

    /**
     * @param minutes       for one unit of the service at the desk, 1 to 960
     * @param quantityMax   most units of it in one line, 1 to 255
     * @param feeCentimes   centimes of dirham for one unit; the sum of {@code fee}
     * @param resourceKinds what it occupies for its whole duration, beside the desk and the seats
     * @param urgent        may not wait for an appointment: a walk-in at the post does all at once
     * @param feeTime       when its fee is to be paid at the latest; null = the files do not say, and what an operator has set stays
     */
    public record Service(int id, String code, Names names, List<String> documentsFr, List<String> documentsEn, int minutes,
            int quantityMax, boolean validationRequired, boolean appointmentRequired, boolean urgent, Scope scope, Group group,
            Set<ResourceKind> resourceKinds, long feeCentimes, List<Fee> fee, FeeTime feeTime) {

        /** Five-minute units that {@code quantity} of it take, rounded up once. */
        public int units(int quantity) {
            return (minutes * quantity + OpenDay.UNIT_MINUTES - 1) / OpenDay.UNIT_MINUTES;
        }
    }

    public record Fee(FeePart part, long centimes) {}

    /** Interchangeable places with one calendar. */
    public sealed interface Pool {
        int id();

        int postId();

        /** Places, 1 to 255. */
        int capacity();
    }

    /** Counters. @param serviceIds what they serve, ascending, at least one @param place where a mobile desk is, as people find it; {@code null} = at the post */
    public record Desk(int id, int postId, String code, Set<Group> groups, int capacity, List<Integer> serviceIds, String place) implements Pool {
        /** At the post. */
        public Desk(int id, int postId, String code, Set<Group> groups, int capacity, List<Integer> serviceIds) {
            this(id, postId, code, groups, capacity, serviceIds, null);
        }
    }

    /** What the desks of a post share; at most one of each kind. */
    public record Resource(int id, int postId, ResourceKind kind, int capacity) implements Pool {}

    /** @param microMadPerUnit millionths of a dirham for one unit of the currency @param minorUnits its decimals: 0, 2 or 3 */
    public record Rate(String currency, long microMadPerUnit, int minorUnits, LocalDate date) {}

    /** @param percent of services delivered by appointment; all together 100 */
    public record Share(int serviceId, BigDecimal percent) {}

    /** @param orMore whether the class has no upper end @param percent of visits; 100 for each measure */
    public record VisitSize(Measure measure, int size, boolean orMore, BigDecimal percent, BigDecimal mean) {}

    /** Modelled demand of a post. @param percent of the network's slots */
    public record Load(int postId, BigDecimal percent, int appointmentsPerYear, int slotsPerYear, int slotsPerDay, int peakDaySlots) {}

    public Network {
        posts = List.copyOf(posts);
        services = List.copyOf(services);
        pools = List.copyOf(pools);
        rates = List.copyOf(rates);
        mix = List.copyOf(mix);
        visitSizes = List.copyOf(visitSizes);
        loads = List.copyOf(loads);
        notices = List.copyOf(notices);
    }

    /**
     * Reads the files of a directory.
     *
     * @throws NetworkRefusedException with every error found; nothing was imported
     * @throws IOException             the directory or a file cannot be read
     */
    public static Network load(Path directory) throws IOException {
        return new NetworkReader(Source.directory(directory)).read();
    }

    /** The 163 posts that come with the program; see {@code network/README.md} beside the files for sources and limits. */
    public static Network bundled() {
        try {
            return new NetworkReader(Source.bundled()).read();
        } catch (IOException e) {
            throw new UncheckedIOException("the jar is damaged", e);
        }
    }

    /** @param postId 1 to the number of posts */
    public Post post(int postId) {
        return posts.get(postId - 1);
    }

    /** @param serviceId 1 to the number of services */
    public Service service(int serviceId) {
        return services.get(serviceId - 1);
    }

    /** Desks, then resources; none at a post that has no public slots. Pools of a post are neighbours in id order. */
    public List<Pool> poolsOf(int postId) {
        int first = 0;
        while (first < pools.size() && pools.get(first).postId() != postId) first++;
        int end = first;
        while (end < pools.size() && pools.get(end).postId() == postId) end++;
        return pools.subList(first, end);
    }
}
