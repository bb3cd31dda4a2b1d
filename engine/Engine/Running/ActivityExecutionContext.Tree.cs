namespace ProductionOffice.Engine.Running;

public sealed partial class ActivityExecutionContext
{
    private ActivityExecutionContext? _previous;
    private bool _linked;

    /// <summary>The oldest child that is kept: one that is not done, or has such below it.</summary>
    internal ActivityExecutionContext? FirstChild { get; private set; }

    internal ActivityExecutionContext? LastChild { get; private set; }

    internal ActivityExecutionContext? Next { get; private set; }

    internal bool HasRunningChild
    {
        get
        {
            for (var child = FirstChild; child is not null; child = child.Next)
            {
                if (child.Status == ActivityStatus.Running)
                    return true;
            }

            return false;
        }
    }

    internal bool HasFaultedChild
    {
        get
        {
            for (var child = FirstChild; child is not null; child = child.Next)
            {
                if (child.Status == ActivityStatus.Faulted)
                    return true;
            }

            return false;
        }
    }

    internal void Link()
    {
        if (_linked)
            return;

        _linked = true;
        if (Parent is null)
            return;

        Parent.Link();
        _previous = Parent.LastChild;
        if (_previous is null)
            Parent.FirstChild = this;
        else
            _previous.Next = this;
        Parent.LastChild = this;
    }

    /// <summary>Leaves the tree once done and without anything below, so that long runs do not grow.</summary>
    internal void UnlinkWhenDone()
    {
        if (!_linked || !IsDone || FirstChild is not null || Parent is null)
            return;

        if (_previous is null)
            Parent.FirstChild = Next;
        else
            _previous.Next = Next;
        if (Next is null)
            Parent.LastChild = _previous;
        else
            Next._previous = _previous;
        _linked = false;
        _previous = null;
        Next = null;
        Parent.UnlinkWhenDone();
    }

    internal List<ActivityExecutionContext> ChildrenNow()
    {
        var children = new List<ActivityExecutionContext>();
        for (var child = FirstChild; child is not null; child = child.Next)
            children.Add(child);
        return children;
    }

    internal bool HasFaultBelow()
    {
        if (Status == ActivityStatus.Faulted)
            return true;

        for (var child = FirstChild; child is not null; child = child.Next)
        {
            if (child.HasFaultBelow())
                return true;
        }

        return false;
    }

    internal IEnumerable<ActivityExecutionContext> Faulted()
    {
        if (Status == ActivityStatus.Faulted)
            yield return this;

        for (var child = FirstChild; child is not null; child = child.Next)
        {
            foreach (var below in child.Faulted())
                yield return below;
        }
    }

    internal IEnumerable<ActivityExecutionContext> All()
    {
        yield return this;
        for (var child = FirstChild; child is not null; child = child.Next)
        {
            foreach (var below in child.All())
                yield return below;
        }
    }

    internal ActivityExecutionContext DeepestRunning()
    {
        for (var child = FirstChild; child is not null; child = child.Next)
        {
            if (child.Status == ActivityStatus.Running)
                return child.DeepestRunning();
        }

        return this;
    }
}
