namespace ProductionOffice.Engine.Activities;

/// <summary>The activity types that definitions can use.</summary>
/// <remarks>Immutable once built; may be used from several threads.</remarks>
public sealed class ActivityRegistry
{
    private readonly Dictionary<string, List<ActivityDescriptor>> _byType = new(StringComparer.Ordinal);

    private ActivityRegistry(IEnumerable<ActivityDescriptor> descriptors)
    {
        foreach (var descriptor in descriptors)
        {
            if (!_byType.TryGetValue(descriptor.Type, out var versions))
                _byType[descriptor.Type] = versions = [];
            versions.RemoveAll(known => known.Version == descriptor.Version);
            versions.Add(descriptor);
            versions.Sort((a, b) => b.Version.CompareTo(a.Version));
        }
    }

    /// <summary>Elsa's own activities.</summary>
    public static ActivityRegistry Standard { get; } = new(StandardActivities.Types.Select(type => ActivityType.Of(type).Describe()));

    /// <summary>All types, newest version of each first, by category and label.</summary>
    public IEnumerable<ActivityDescriptor> Descriptors => _byType.Values.SelectMany(versions => versions)
        .OrderBy(d => d.Category, StringComparer.Ordinal).ThenBy(d => d.DisplayName, StringComparer.Ordinal);

    /// <summary>All type names.</summary>
    public IEnumerable<string> Types => _byType.Keys;

    /// <summary>This registry with further activity classes; a class with the type and version of a known one replaces it.</summary>
    /// <exception cref="ArgumentException">A class is no <see cref="Activity"/> or has no <see cref="ActivityAttribute"/>.</exception>
    public ActivityRegistry With(params Type[] activities)
    {
        foreach (var type in activities)
        {
            if (!typeof(Activity).IsAssignableFrom(type) || type.IsAbstract)
                throw new ArgumentException($"{type} is no activity that can be made.", nameof(activities));
        }

        return new ActivityRegistry(_byType.Values.SelectMany(v => v).Concat(activities.Select(type => ActivityType.Of(type).Describe())));
    }

    /// <summary>The descriptor of a type and version, else of the newest version of the type; null when unknown.</summary>
    public ActivityDescriptor? Find(string type, int? version = null)
    {
        if (!_byType.TryGetValue(type, out var versions))
            return null;

        foreach (var descriptor in versions)
        {
            if (descriptor.Version == version)
                return descriptor;
        }

        return versions[0];
    }
}
