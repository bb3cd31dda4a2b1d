using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Journal;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Office.Deliveries;
using ProductionOffice.Office.Paperwork;

namespace ProductionOffice.Server.Persistence;

/// <summary>All tables of the office: the engine's (records of the engine itself) and the read model beside them.</summary>
internal sealed class OfficeDbContext(DbContextOptions<OfficeDbContext> options) : DbContext(options)
{
    public DbSet<StoredDefinition> Definitions => Set<StoredDefinition>();

    public DbSet<Trigger> Triggers => Set<Trigger>();

    public DbSet<WorkflowInstance> Instances => Set<WorkflowInstance>();

    public DbSet<Bookmark> Bookmarks => Set<Bookmark>();

    public DbSet<JournalEntry> Journal => Set<JournalEntry>();

    public DbSet<WorkItem> Work => Set<WorkItem>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    public DbSet<StoredCommand> Commands => Set<StoredCommand>();

    public DbSet<TaskRow> Tasks => Set<TaskRow>();

    public DbSet<PaperworkItem> Paperwork => Set<PaperworkItem>();

    public DbSet<DocumentRow> Documents => Set<DocumentRow>();

    public DbSet<DocumentFileRow> DocumentFiles => Set<DocumentFileRow>();

    public DbSet<RunningRow> Running => Set<RunningRow>();

    public DbSet<MessageRow> Messages => Set<MessageRow>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<PresenceRow> Presence => Set<PresenceRow>();

    public DbSet<KioskRow> Kiosks => Set<KioskRow>();

    public DbSet<KioskEventRow> KioskEvents => Set<KioskEventRow>();

    public DbSet<DirectoryRow> Directory => Set<DirectoryRow>();

    public DbSet<AccountRow> Accounts => Set<AccountRow>();

    public DbSet<SignInLinkRow> SignInLinks => Set<SignInLinkRow>();

    public DbSet<SettingRow> Settings => Set<SettingRow>();

    public DbSet<KeptTestRow> KeptTests => Set<KeptTestRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    /// <summary>Names of the columns the engine's records do not know: attempts, leases, order of insertion.</summary>
    internal static class Shadow
    {
        public const string Order = "order";
        public const string Attempts = "attempts";
        public const string LastError = "last_error";
        public const string ParkedAt = "parked_at";
        public const string DueAt = "due_at";
        public const string SentAt = "sent_at";
        public const string CreatedAt = "created_at";
        public const string Epoch = "epoch";
        public const string LeaseUntil = "lease_until";
        public const string Checksum = "checksum";
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Moments are UTC ticks: they sort, compare and index alike on every store.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<MomentConverter>();
        configurationBuilder.Properties<WorkflowStatus>().HaveConversion<string>();
        configurationBuilder.Properties<WorkflowSubStatus>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        MapEngine(modelBuilder);
        MapOffice(modelBuilder);

        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.Name));
                // Text sorts and compares by its characters on every store, whatever language the server speaks.
                if (Database.IsNpgsql() && IsText(property))
                    property.SetCollation("C");
            }
        }
    }

    private static void MapEngine(ModelBuilder model)
    {
        model.Entity<StoredDefinition>(e =>
        {
            e.ToTable("po_definition").HasKey(d => d.VersionId);
            e.HasIndex(d => new { d.DefinitionId, d.Version }).IsUnique();
            e.HasIndex(d => new { d.VersionId, d.DefinitionId, d.Version, d.IsLatest, d.IsPublished, d.Name, d.CreatedAt }).HasDatabaseName("IX_po_definition_list");
        });
        model.Entity<Trigger>(e =>
        {
            e.ToTable("po_trigger").HasKey(t => new { t.DefinitionVersionId, t.ActivityId, t.Hash });
            e.HasIndex(t => t.Hash);
        });
        model.Entity<WorkflowInstance>(e =>
        {
            e.ToTable("po_instance").HasKey(i => i.Id);
            e.Property(i => i.Version).IsConcurrencyToken();
            e.Property<string?>(Shadow.Checksum);
            e.HasIndex(i => new { i.Status, i.UpdatedAt });
            e.HasIndex(i => new { i.DefinitionId, i.Status });
            e.HasIndex(i => i.CorrelationId);
            // Lists and searches read an index alone: the state makes rows long.
            e.HasIndex(i => new { i.CreatedAt, i.Id, i.Name, i.CorrelationId, i.DefinitionId }).HasDatabaseName("IX_po_instance_list");
            e.HasIndex(i => new { i.Status, i.CreatedAt, i.Id });
            e.HasIndex(i => new { i.DefinitionId, i.CreatedAt, i.Id });
        });
        model.Entity<Bookmark>(e =>
        {
            e.ToTable("po_bookmark").HasKey(b => b.Id);
            e.Property<int>(Shadow.Order);
            e.HasIndex(b => b.InstanceId);
            e.HasIndex(b => b.Hash);
        });
        model.Entity<JournalEntry>(e => e.ToTable("po_journal").HasKey(j => new { j.InstanceId, j.N }));
        model.Entity<WorkItem>(e =>
        {
            e.ToTable("po_work").HasKey(w => w.Id);
            e.Property<string?>(Shadow.LastError);
            e.Property<DateTimeOffset?>(Shadow.ParkedAt);
            e.HasIndex(w => new { w.DueAt, w.Id }).HasFilter("parked_at IS NULL");
            e.HasIndex(w => w.InstanceId);
            e.HasIndex(w => w.BookmarkId);
        });
        model.Entity<OutboxMessage>(e =>
        {
            e.ToTable("po_outbox").HasKey(o => o.EffectKey);
            e.Property<DateTimeOffset>(Shadow.CreatedAt);
            e.Property<DateTimeOffset>(Shadow.DueAt);
            e.Property<int>(Shadow.Attempts);
            e.Property<int>(Shadow.Epoch);
            e.Property<DateTimeOffset?>(Shadow.LeaseUntil);
            e.Property<string?>(Shadow.LastError);
            e.Property<DateTimeOffset?>(Shadow.SentAt);
            e.Property<DateTimeOffset?>(Shadow.ParkedAt);
            e.HasIndex(Shadow.DueAt).HasFilter("sent_at IS NULL AND parked_at IS NULL");
            e.HasIndex(o => o.InstanceId);
        });
        model.Entity<StoredCommand>(e => e.ToTable("po_command").HasKey(c => c.Key));
    }

    private static void MapOffice(ModelBuilder model)
    {
        model.Entity<TaskRow>(e =>
        {
            e.ToTable("po_task").HasKey(t => t.Id);
            e.HasIndex(t => new { t.State, t.Role });
            e.HasIndex(t => t.InstanceId);
        });
        model.Entity<PaperworkItem>(e =>
        {
            e.ToTable("po_paperwork").HasKey(p => new { p.PersonId, p.Kind });
            e.HasIndex(p => p.InstanceId);
        });
        model.Entity<DocumentRow>(e =>
        {
            e.ToTable("po_document").HasKey(d => d.Id);
            e.HasIndex(d => d.EffectKey).IsUnique();
            e.HasIndex(d => d.InstanceId);
            e.HasIndex(d => d.Subject);
        });
        model.Entity<DocumentFileRow>(e => e.ToTable("po_document_file").HasKey(f => f.Sha256));
        model.Entity<RunningRow>(e => e.ToTable("po_running").HasKey(r => r.WorkId));
        model.Entity<MessageRow>(e =>
        {
            e.ToTable("po_message").HasKey(m => m.EffectKey);
            e.HasIndex(m => m.InstanceId);
            e.HasIndex(m => m.At);
        });
        model.Entity<Delivery>(e =>
        {
            e.ToTable("po_delivery").HasKey(d => d.Number);
            e.HasIndex(d => d.State);
        });
        model.Entity<PresenceRow>(e => e.ToTable("po_presence").HasKey(p => p.PersonId));
        model.Entity<KioskRow>(e => e.ToTable("po_kiosk").HasKey(k => k.Id));
        model.Entity<KioskEventRow>(e =>
        {
            e.ToTable("po_kiosk_event").HasKey(k => new { k.Kiosk, k.Seq });
            e.HasIndex(k => k.Id).IsUnique();
        });
        model.Entity<DirectoryRow>(e => e.ToTable("po_directory").HasKey(d => new { d.Kind, d.Key }));
        model.Entity<AccountRow>(e => e.ToTable("po_account").HasKey(a => a.Name));
        model.Entity<SignInLinkRow>(e => e.ToTable("po_sign_in_link").HasKey(l => l.TokenHash));
        model.Entity<SettingRow>(e => e.ToTable("po_setting").HasKey(s => s.Key));
        model.Entity<KeptTestRow>(e =>
        {
            e.ToTable("po_kept_test").HasKey(t => t.Id);
            e.HasIndex(t => new { t.DefinitionId, t.Name }).IsUnique();
        });
        model.Entity<AuditRow>(e => e.ToTable("po_audit").HasKey(a => a.Seq));
    }

    private static bool IsText(Microsoft.EntityFrameworkCore.Metadata.IMutableProperty property) =>
        property.ClrType == typeof(string) || property.ClrType.IsEnum;

    private static string SnakeCase(string name) => string.Concat(name.Select((c, i) =>
        char.IsUpper(c) && i > 0 && name[i - 1] != '_' ? "_" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));

    private sealed class MomentConverter() : ValueConverter<DateTimeOffset, long>(m => m.UtcTicks, t => new DateTimeOffset(t, TimeSpan.Zero));
}
