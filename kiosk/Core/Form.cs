using System.Collections.Immutable;

namespace ProductionOffice.Kiosk.Core;

/// <summary>Fields and which of them has the focus.</summary>
internal sealed record Form(ImmutableArray<Field> Fields, int Focus)
{
    public Form(params ReadOnlySpan<Field> fields) : this([.. fields], 0)
    {
    }

    public Field Current => Fields[Focus];

    public bool HasFocus(string id) => Current.Id == id;

    public T Get<T>(string id) where T : Field => (T)Fields.First(f => f.Id == id);

    public string Text(string id) => Get<TextBox>(id).Text;

    public Form Set(Field field) => this with { Fields = Fields.SetItem(IndexOf(field.Id), field) };

    public Form SetText(string id, string text) => Set(Get<TextBox>(id) with { Input = Get<TextBox>(id).Input.With(text) });

    public Form FocusOn(string id) => this with { Focus = IndexOf(id) };

    public Form Move(int by) => this with { Focus = Math.Clamp(Focus + by, 0, Fields.Length - 1) };

    public Form Type(string text, Roster roster) => Set(Current.Type(text, roster));

    public Form? Edit(Key key, Roster roster) => Current.Edit(key, roster) is { } edited ? Set(edited) : null;

    private int IndexOf(string id)
    {
        for (var i = 0; i < Fields.Length; i++)
        {
            if (Fields[i].Id == id)
                return i;
        }

        throw new ArgumentException($"The form has no field '{id}'.", nameof(id));
    }
}
