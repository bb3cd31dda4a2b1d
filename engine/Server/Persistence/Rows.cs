namespace ProductionOffice.Server.Persistence;

/// <summary>A task as lists need it; written in the transaction that makes or burns its bookmark.</summary>
internal sealed class TaskRow
{
    /// <summary>The bookmark's id.</summary>
    public required string Id { get; init; }

    public required string InstanceId { get; init; }

    public required string DefinitionId { get; init; }

    public required string ActivityId { get; init; }

    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required string Role { get; init; }

    public string? Account { get; init; }

    public string? Subject { get; init; }

    public string? DocumentId { get; init; }

    public bool IsOffered { get; init; }

    /// <summary>The whole <see cref="Office.Approvals.OfficeTask"/>.</summary>
    public required string Json { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? Due { get; init; }

    /// <summary>open, done or cancelled.</summary>
    public required string State { get; set; }

    public DateTimeOffset? DoneAt { get; set; }

    public string? DoneBy { get; set; }

    public string? Outcome { get; set; }

    public string? Comment { get; set; }
}

/// <summary>A generated document; its bytes lie beside the database under their hash.</summary>
internal sealed class DocumentRow
{
    public required string Id { get; init; }

    public required string EffectKey { get; init; }

    public required string InstanceId { get; init; }

    /// <summary>Kind of paperwork, for example <c>dealMemo</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>File name.</summary>
    public required string Name { get; init; }

    public int Version { get; init; }

    /// <summary>issued, awaitingSignature, executed, superseded or void.</summary>
    public required string State { get; set; }

    public string? Subject { get; init; }

    public required string Sha256 { get; init; }

    public long Size { get; init; }

    public required string ContentType { get; init; }

    public required string Template { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether it shows deal terms.</summary>
    public bool HasDealTerms { get; init; }
}

/// <summary>A document's bytes, in a store that many nodes share.</summary>
internal sealed class DocumentFileRow
{
    public required string Sha256 { get; init; }

    public required byte[] Bytes { get; init; }
}

/// <summary>Work a node has begun; one that is left over was begun by a node that died.</summary>
internal sealed class RunningRow
{
    public required string WorkId { get; init; }

    public required string Node { get; init; }

    public DateTimeOffset StartedAt { get; init; }
}

/// <summary>A message the office sent; one row an effect key, so none is doubled.</summary>
internal sealed class MessageRow
{
    public required string EffectKey { get; init; }

    public required string InstanceId { get; init; }

    public required string MessageId { get; init; }

    public DateTimeOffset At { get; init; }

    public required string Recipients { get; init; }

    public required string Subject { get; init; }

    public required string Body { get; init; }

    public string? DocumentId { get; init; }
}

/// <summary>Whether a person is in the office.</summary>
internal sealed class PresenceRow
{
    public required string PersonId { get; init; }

    public bool IsIn { get; set; }

    public DateTimeOffset Since { get; set; }

    public string? Kiosk { get; set; }
}

/// <summary>A paired front desk.</summary>
internal sealed class KioskRow
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string TokenHash { get; init; }

    public DateTimeOffset PairedAt { get; init; }

    public DateTimeOffset? LastSeenAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>A record of a kiosk and what became of it.</summary>
internal sealed class KioskEventRow
{
    public required string Kiosk { get; init; }

    public long Seq { get; init; }

    public required string Id { get; init; }

    public DateTimeOffset At { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public required string Type { get; init; }

    public required string Actor { get; init; }

    public required string Data { get; init; }

    public required string Result { get; set; }

    public string? Reason { get; set; }
}

/// <summary>An entry of the directory: production, department, person, budget account.</summary>
internal sealed class DirectoryRow
{
    public required string Kind { get; init; }

    public required string Key { get; init; }

    public int Position { get; init; }

    public required string Json { get; set; }
}

/// <summary>Somebody who signs in.</summary>
internal sealed class AccountRow
{
    public required string Name { get; init; }

    public string? PersonId { get; init; }

    public required string DisplayName { get; init; }

    /// <summary>Role keys, parted by spaces.</summary>
    public required string Roles { get; init; }

    public string? DepartmentId { get; init; }

    /// <summary>Null until a password was chosen; then only links and the local token sign in.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changed on password change and sign-out everywhere; a cookie with another one is refused.</summary>
    public required string Stamp { get; set; }
}

/// <summary>A link that signs in once.</summary>
internal sealed class SignInLinkRow
{
    public required string TokenHash { get; init; }

    public required string Account { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>A setting of this office.</summary>
internal sealed class SettingRow
{
    public required string Key { get; init; }

    public required string Value { get; set; }
}

/// <summary>A try-out that was kept as a test of its workflow.</summary>
internal sealed class KeptTestRow
{
    public required string Id { get; init; }

    public required string DefinitionId { get; init; }

    /// <summary>Unique among the tests of a workflow.</summary>
    public required string Name { get; set; }

    /// <summary>The case as <c>office workflow test</c> reads it, without the definition.</summary>
    public required string Case { get; init; }

    public DateTimeOffset KeptAt { get; init; }

    /// <summary>Account that kept it.</summary>
    public required string KeptBy { get; init; }
}

/// <summary>Who did what; each row's code covers the row before, so that a change shows.</summary>
internal sealed class AuditRow
{
    public long Seq { get; init; }

    public DateTimeOffset At { get; init; }

    public required string Actor { get; init; }

    /// <summary>The account that was acted for, when not one's own.</summary>
    public string? ActingFor { get; init; }

    public required string Action { get; init; }

    public required string Target { get; init; }

    public string? Detail { get; init; }

    public required string Mac { get; init; }
}
