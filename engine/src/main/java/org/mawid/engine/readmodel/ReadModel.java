package org.mawid.engine.readmodel;

/** The read side. All of it may be called from any thread and none of it blocks for the core. */
public interface ReadModel {
    Availability availability();

    CatalogueView catalogue();

    Records records();

    MoneyView money();

    ClosuresView closures();

    CoolingView cooling();

    HallView hall();

    PersonsView persons();

    WorkView work();

    Agenda agenda();

    EventLog events();

    /** Last log position that availability, catalogue, money, closures, cooling, hall, persons, work and agenda reflect. */
    long position();
}
