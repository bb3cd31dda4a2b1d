namespace ProductionOffice.Engine.Activities;

/// <summary>An output of an activity, whatever its type.</summary>
public interface IOutput
{
    /// <summary>Name of the property in C#.</summary>
    string Name { get; }

    /// <summary>Id of the variable, or name of the workflow output, that takes the value; null when nothing does.</summary>
    string? Target { get; }
}

/// <summary>An output of an activity: where its value goes.</summary>
/// <typeparam name="T">Type of the value, for the designer.</typeparam>
public sealed class Output<T> : IOutput, IBoundOutput
{
    /// <inheritdoc/>
    public string Name { get; private set; } = "";

    /// <inheritdoc/>
    public string? Target { get; private set; }

    void IBoundOutput.Bind(string name, string? target)
    {
        Name = name;
        Target = target;
    }
}

/// <summary>What the binder needs of an output beside its public face.</summary>
internal interface IBoundOutput : IOutput
{
    void Bind(string name, string? target);
}
