package org.mawid.bench.release;

/** Somebody who wants a visit: one person, one or more services at one desk, in an application that is validated before the clock starts. */
final class Applicant {
    private final String name;
    private final long personKey;
    private final Ground.Desk desk;
    private final int[] serviceIds;
    private final boolean isHttp;
    private final int units;
    private final int kinds;
    private final int validated;
    private String application = "";

    /** @param services of the desk, distinct, 1 to 16 @param isHttp how they speak; else gRPC */
    Applicant(final String name, final long personKey, final Ground.Desk desk, final Ground.Service[] services, final boolean isHttp) {
        this.name = name;
        this.personKey = personKey;
        this.desk = desk;
        this.serviceIds = new int[services.length];
        this.isHttp = isHttp;
        int minutes = 0;
        int needed = 0;
        int toValidate = 0;
        for (int i = 0; i < services.length; i++) {
            serviceIds[i] = services[i].id();
            minutes += services[i].minutes();
            needed |= services[i].kinds();
            toValidate |= (services[i].validationRequired() ? 1 : 0) << i;
        }
        this.units = (minutes + Ground.UNIT_MINUTES - 1) / Ground.UNIT_MINUTES;
        this.kinds = needed;
        this.validated = toValidate;
    }

    /** As in the history: who is asked about one thing at a time. */
    String name() {
        return name;
    }

    long personKey() {
        return personKey;
    }

    Ground.Desk desk() {
        return desk;
    }

    Ground.Post post() {
        return desk.post();
    }

    /** In the order of the application's lines. Not to be changed. */
    int[] serviceIds() {
        return serviceIds;
    }

    boolean isHttp() {
        return isHttp;
    }

    /** Five-minute units that all services together take. */
    int units() {
        return units;
    }

    /** Bit k = a place of PoolKind k is needed, seats apart. */
    int kinds() {
        return kinds;
    }

    /** All lines, bit i = line i. */
    int lines() {
        return (1 << serviceIds.length) - 1;
    }

    /** Lines that an officer has to validate. */
    int linesToValidate() {
        return validated;
    }

    /** Reference of the application. */
    String application() {
        return application;
    }

    void application(final String reference) {
        application = reference;
    }
}
